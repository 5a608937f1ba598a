"use strict";

/*
 * Checks the evidence against a copy of an article, with the statuses of `shieldtalks verify`. The
 * copy stays in this browser. A near match is not evidence, so there is no status for it.
 */
const Verify = (() => {
  /** The page can react after this time (in milliseconds), even during a long check. */
  const TURN = 40;

  const rest = () => new Promise((done) => setTimeout(done));

  /** A copy, prepared: its canonical form in UTF-8, and where each canonical character begins there. */
  function prepare(words) {
    const copy = Canon.copy(words);
    const text = copy.form.join("");
    const bytes = new TextEncoder().encode(text);
    const begins = new Uint32Array(copy.form.length + 1);
    copy.form.forEach((char, index) => {
      const point = char.codePointAt(0);
      begins[index + 1] = begins[index] + (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);
    });
    return { ...copy, text, bytes, begins, shift: 0 };
  }

  const span = (copy, start, length) => copy.bytes.subarray(copy.begins[start], copy.begins[start + length]);

  /** The first place in a copy where a span has this hash. The page can react while it searches. */
  async function firstPlace(copy, length, sha256) {
    const wanted = Uint32Array.from(sha256.match(/.{8}/g), (word) => parseInt(word, 16));
    let turn = performance.now();
    for (let start = 0; start + length <= copy.form.length; start += 1) {
      const state = Sha256.digest(copy.bytes, copy.begins[start], copy.begins[start + length]);
      if (state[0] === wanted[0] && state.every((word, index) => word === wanted[index])) return start;
      if (start % 256 === 0 && performance.now() - turn > TURN) {
        await rest();
        turn = performance.now();
      }
    }
    return null;
  }

  /** Whether the words of a span are also in another place of the copy. */
  function again(copy, start, length) {
    const words = copy.form.slice(start, start + length).join("");
    const first = copy.text.indexOf(words);
    return copy.text.indexOf(words, first + 1) >= 0;
  }

  /** Whether a span of a copy has this hash. */
  async function fits(copy, start, { length, sha256 }) {
    if (start < 0 || start + length > copy.form.length) return false;
    return (await Sha256.of(span(copy, start, length))) === sha256;
  }

  /** The status of a row of evidence, and where its span starts in the copy (null: nowhere). */
  async function row(copy, anchor) {
    if (copy === null) return { status: "no-copy", start: null };
    if (await fits(copy, anchor.start, anchor)) return { status: "verified", start: anchor.start };
    // Text before the article moves all spans by the same distance, so that of the last one is tried first.
    let found = anchor.start + copy.shift;
    if (!(await fits(copy, found, anchor))) {
      found = await firstPlace(copy, anchor.length, anchor.sha256);
      if (found === null || !(await fits(copy, found, anchor))) return { status: "not-found", start: null };
    }
    copy.shift = found - anchor.start;
    if (again(copy, found, anchor.length)) return { status: "ambiguous", start: null };
    return { status: "moved", start: found };
  }

  return { prepare, row };
})();
