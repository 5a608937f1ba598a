"use strict";

/*
 * The evidence against a copy of an article: the statuses of `shieldtalks verify`. The copy stays
 * in this browser. A near match is not evidence: there is no fuzzy status.
 */
const Verify = (() => {
  /** Rows are checked in turns of about this long (milliseconds), so that the page stays alive. */
  const TURN = 40;

  const rest = () => new Promise((done) => setTimeout(done));

  /** A copy made ready: its canonical form in UTF-8, and where each canonical character begins there. */
  function prepare(text) {
    const copy = Canon.copy(text);
    const bytes = new TextEncoder().encode(copy.form.join(""));
    const begins = new Uint32Array(copy.form.length + 1);
    copy.form.forEach((char, index) => {
      const point = char.codePointAt(0);
      begins[index + 1] = begins[index] + (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);
    });
    return { ...copy, bytes, begins };
  }

  const span = (copy, start, length) => copy.bytes.subarray(copy.begins[start], copy.begins[start + length]);

  /** Every place of a copy at which a span with this hash stands; gives way to the page meanwhile. */
  async function places(copy, length, sha256) {
    const wanted = Uint32Array.from(sha256.match(/.{8}/g), (word) => parseInt(word, 16));
    const found = [];
    let turn = performance.now();
    for (let start = 0; start + length <= copy.form.length; start += 1) {
      const state = Sha256.digest(copy.bytes, copy.begins[start], copy.begins[start + length]);
      if (state[0] === wanted[0] && state.every((word, index) => word === wanted[index])) found.push(start);
      if (start % 256 === 0 && performance.now() - turn > TURN) {
        await rest();
        turn = performance.now();
      }
    }
    return found;
  }

  /** What a copy says of a row of evidence: its status, and where the span starts (null: nowhere). */
  async function row(copy, anchor) {
    const { start, length, sha256 } = anchor;
    if (copy === null) return { status: "no-copy", start: null };
    if (start + length <= copy.form.length && (await Sha256.of(span(copy, start, length))) === sha256) {
      return { status: "verified", start };
    }
    const found = await places(copy, length, sha256);
    if (found.length === 1 && (await Sha256.of(span(copy, found[0], length))) === sha256) {
      return { status: "moved", start: found[0] };
    }
    return { status: found.length ? "ambiguous" : "not-found", start: null };
  }

  return { prepare, row };
})();
