"use strict";

/*
 * canon-1, the form of a text in which offsets are counted and spans are hashed. The steps are the
 * same as in Python: drop what is not assigned in Unicode 14, NFKC, fold case, keep letters and
 * numbers. The page contains the tables that browsers do not have.
 */
const Canon = (() => {
  const TABLES = JSON.parse(document.getElementById("canon-tables").textContent);
  const KEPT = /[\p{L}\p{N}]/u;
  const MARK = /^\p{M}/u;

  const unassigned = TABLES.unassigned.split(" ").map((range) => {
    const [low, high] = range.split("-").map((part) => parseInt(part, 16));
    return [low, high ?? low];
  });

  const folds = new Map(Object.entries(TABLES.full));
  for (const [first, count, step, shift] of TABLES.runs) {
    for (let index = 0; index < count; index += 1) {
      const point = first + index * step;
      folds.set(String.fromCodePoint(point), String.fromCodePoint(point + shift));
    }
  }

  /** Whether a character is assigned in Unicode 14. */
  function isAssigned(char) {
    const point = char.codePointAt(0);
    let low = 0;
    let high = unassigned.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (point < unassigned[middle][0]) high = middle - 1;
      else if (point > unassigned[middle][1]) low = middle + 1;
      else return false;
    }
    return true;
  }

  /** The canon-1 form of a text. */
  function canonical(text) {
    let known = "";
    for (const char of text) {
      if (char <= "~" || isAssigned(char)) known += char;
    }
    let form = "";
    for (const char of known.normalize("NFKC")) {
      for (const part of folds.get(char) ?? char) {
        if (KEPT.test(part)) form += part;
      }
    }
    return form;
  }

  /** Whether a character can compose with the one before it, or is dropped before that step. */
  function joins(char) {
    if (char <= "~") return false;
    if (!isAssigned(char)) return true;
    const first = String.fromCodePoint(char.normalize("NFKD").codePointAt(0));
    return MARK.test(first) || (first >= "\u1160" && first <= "\u11ff");
  }

  /**
   * A copy of an article: its characters, its canonical characters, and for each canonical
   * character the index of the character that it came from. The text is taken in clusters, because
   * NFKC never crosses a character that does not compose.
   */
  function copy(text) {
    const chars = Array.from(text);
    const form = [];
    const origin = [];
    let begin = 0;
    for (let index = 1; index <= chars.length; index += 1) {
      if (index < chars.length && joins(chars[index])) continue;
      for (const part of canonical(chars.slice(begin, index).join(""))) {
        form.push(part);
        origin.push(begin);
      }
      begin = index;
    }
    return { chars, form, origin };
  }

  /** Where the words of a canonical span are in a copy: the first character and the one after the last. */
  function passage(of, start, length) {
    let end = of.origin[start + length - 1] + 1;
    while (end < of.chars.length && joins(of.chars[end])) end += 1;
    return [of.origin[start], end];
  }

  return { canonical, copy, passage };
})();
