"use strict";

/* Words as a reader means them: whatever their case, accents and plural; and the names of actors. */
const Search = (() => {
  const MOST_MARKS = 600;
  const AROUND = 70;

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** The words of a text. "U.S." is one word. */
  const words = (text) =>
    folded(text).replace(/\b(\p{L})\.(?=\p{L}\b)/gu, "$1").match(/[\p{L}\p{N}]+/gu) ?? [];

  /** A text as one line of words, with a blank before and after each. */
  const line = (text) => ` ${words(text).join(" ")} `;

  /** A word and its singular; a search for either finds both. */
  function forms(word) {
    const found = [word];
    if (word.length > 4 && word.endsWith("ies")) found.push(`${word.slice(0, -3)}y`);
    if (word.length > 3 && word.endsWith("y")) found.push(`${word.slice(0, -1)}ies`);
    if (word.length > 4 && /(s|x|z|ch|sh)es$/.test(word)) found.push(word.slice(0, -2));
    if (word.length > 3 && /[^s]s$/.test(word)) found.push(word.slice(0, -1));
    return found;
  }

  /** Whether a line has each word, or a word that begins with it. Short words must be whole. */
  const has = (text, wanted) =>
    wanted.every((word) =>
      forms(word).some((form) => text.includes(form.length < 3 ? ` ${form} ` : ` ${form}`)));

  /** The pattern of the words in a text as it is written; null without words. */
  function pattern(wanted) {
    if (!wanted.length) return null;
    const each = wanted.flatMap(forms).map((form) => (form.length < 3 ? `${form}(?![\\p{L}\\p{N}])` : form));
    return new RegExp(`(?<![\\p{L}\\p{N}])(?:${each.join("|")})[\\p{L}\\p{N}]*`, "giu");
  }

  /** The words around the first hit in a text; "" if it has none. */
  function around(text, wanted) {
    const hit = pattern(wanted)?.exec(text);
    if (!hit) return "";
    const begin = Math.max(0, hit.index - AROUND);
    const end = Math.min(text.length, hit.index + hit[0].length + AROUND);
    const before = begin ? `… ${text.slice(begin, hit.index).replace(/^\S*\s/, "")}` : text.slice(0, hit.index);
    const after = text.slice(hit.index + hit[0].length, end);
    return `${before}${hit[0]}${end < text.length ? `${after.replace(/\s\S*$/, "")} …` : after}`;
  }

  /** The look of the hits. Checkers of CSS do not know `::highlight` yet, so it is not in the style sheet. */
  if ("highlights" in CSS) {
    const look = new CSSStyleSheet();
    look.insertRule("::highlight(hits) { background: var(--mark); color: var(--ink); }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, look];
  }

  /** Mark the hits in what can be seen. The text of the page does not change. */
  function mark(roots, wanted) {
    if (!("highlights" in CSS)) return;
    CSS.highlights.delete("hits");
    const regex = pattern(wanted);
    if (!regex) return;
    const ranges = [];
    for (const root of roots) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode() && ranges.length < MOST_MARKS) {
        for (const hit of walker.currentNode.data.matchAll(regex)) {
          const range = new Range();
          range.setStart(walker.currentNode, hit.index);
          range.setEnd(walker.currentNode, hit.index + hit[0].length);
          ranges.push(range);
        }
      }
      if (ranges.length >= MOST_MARKS) break;
    }
    CSS.highlights.set("hits", new Highlight(...ranges));
  }

  return { words, line, has, around, mark };
})();
