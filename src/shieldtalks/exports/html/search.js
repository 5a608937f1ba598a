"use strict";

/* Words as `shieldtalks search` compares them: without case, accents, plurals and differences of spelling. */
const Search = (() => {
  const MOST_MARKS = 600;
  const AROUND = 70;
  /** The fewest letters of a word that may be the beginning of another, and of a verb without its ending. */
  const SHORTEST = 3;
  const SHORTEST_VERB = 4;
  /** American spellings, with the British ones. */
  const SPELLINGS = { defense: "defence", center: "centre", program: "programme" };

  /** A text without case and accents; "U.S." is one word, and "Iran's" is "Iran". */
  const folded = (text) =>
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/['’]s(?![\p{L}\p{N}])/gu, "")
      .replace(/(?<![\p{L}\p{N}])(\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))/gu, "$1");

  /** The singular of an English noun, as far as its ending shows it. */
  function singular(word) {
    if (word.length < 4 || !word.endsWith("s") || /(ss|us|is)$/.test(word)) return word;
    if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
    return word.slice(0, /(sses|shes|ches|xes)$/.test(word) ? -2 : -1);
  }

  /** The plain form of one word: "radars" and "radar" have the same. */
  function plain(word) {
    const one = singular(word);
    return Object.hasOwn(SPELLINGS, one) ? SPELLINGS[one] : one;
  }

  /** The verbs of which a word may be a form: of "declined", decline and declin. */
  function verbs(word) {
    const stem = word.replace(/(ing|ed)$/, "");
    if (stem === word || stem.length < SHORTEST_VERB) return [];
    return [stem, `${stem}e`, stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : stem];
  }

  const split = (text) => folded(text).match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];

  /** The words of a text in their plain forms. Of `co-location`, the two parts. */
  const words = (text) => split(text).flatMap((word) => word.split("-").map(plain));

  /** A text as one line of words, with a blank before and after each. Of `co-location`, also the whole. */
  const line = (text) =>
    ` ${split(text)
      .flatMap((word) => [...word.split("-"), ...(word.includes("-") ? [word.replaceAll("-", "")] : [])])
      .map(plain)
      .join(" ")} `;

  /** Whether a line has each word, a word that begins with it, or a word of which it is a form. */
  const has = (text, wanted) =>
    wanted.every((word) =>
      text.includes(word.length < SHORTEST ? ` ${word} ` : ` ${word}`) ||
      verbs(word).some((verb) => text.includes(` ${verb} `)));

  /** The places of the words in a text as it is written, each as its begin and its end. */
  function* hits(text, wanted, known = new Map()) {
    const each = /(?<![\p{L}\p{N}])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
    for (const { 0: found, index } of text.matchAll(each)) {
      if (!known.has(found)) known.set(found, wanted.some((word) => has(line(found), [word])));
      if (known.get(found)) yield [index, index + found.length];
    }
  }

  /** The words around the first hit in a text; "" if it has none. */
  function around(text, wanted) {
    const [hit] = hits(text, wanted);
    if (!hit) return "";
    const begin = Math.max(0, hit[0] - AROUND);
    const end = Math.min(text.length, hit[1] + AROUND);
    const before = begin ? `… ${text.slice(begin, hit[0]).replace(/^\S*\s/, "")}` : text.slice(0, hit[0]);
    const after = text.slice(hit[1], end);
    return `${before}${text.slice(...hit)}${end < text.length ? `${after.replace(/\s\S*$/, "")} …` : after}`;
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
    if (!wanted.length) return;
    const ranges = [];
    const known = new Map();
    for (const root of roots) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode() && ranges.length < MOST_MARKS) {
        for (const [begin, end] of hits(walker.currentNode.data, wanted, known)) {
          const range = new Range();
          range.setStart(walker.currentNode, begin);
          range.setEnd(walker.currentNode, end);
          ranges.push(range);
        }
      }
      if (ranges.length >= MOST_MARKS) break;
    }
    CSS.highlights.set("hits", new Highlight(...ranges));
  }

  return { words, line, has, around, mark };
})();
