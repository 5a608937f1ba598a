"use strict";

/* The reader's own copy: chosen or dropped, then checked row by row and shown with its passages. */
const Check = (() => {
  const { sources } = DATA.check;
  const hash = (id) => document.querySelector(`#${id} > .anchor code`).textContent;
  const evidence = DATA.check.evidence.map(([id, source, record, field, start, length]) => ({
    id, source, record, field, start, length, get sha256() { return hash(id); },
  }));
  const results = document.getElementById("results");
  const input = document.getElementById("copy");
  const drop = document.getElementById("drop");
  /** Characters that are shown on each side of a passage. */
  const AROUND = 90;
  /** Rows of each source that are tried to find out which article this is. */
  const TRIED = 4;

  const of = (source) => evidence.filter((row) => row.source === source);

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  /** What a status is called if the whole article is in the copy, with other text around it. */
  const AROUND_IT = "verified (with other text around it)";

  /** The source of a copy, by the name of its file or by a passage that is found in it; else null. */
  async function recognise(name, copy) {
    const known = Object.keys(sources);
    const named = known.find((source) => name.toLowerCase().startsWith(source));
    if (named) return named;
    // Try one row of each source, then the next: the right source is then found early.
    for (let tried = 0; tried < TRIED; tried += 1) {
      for (const source of known) {
        const row = of(source)[tried];
        if (row && (await Verify.row(copy, row)).status !== "not-found") return source;
      }
    }
    return null;
  }

  function passage(copy, start, length) {
    const [begin, end] = Canon.passage(copy, start, length);
    const words = (from, to) => copy.chars.slice(Math.max(from, 0), to).join("");
    const before = words(begin - AROUND, begin);
    const after = words(end, end + AROUND);
    return make(
      "p",
      { class: "passage" },
      begin > AROUND ? before.replace(/^\S*\s/, "… ") : before,
      make("mark", {}, words(begin, end)),
      end + AROUND < copy.chars.length ? after.replace(/\s\S*$/, " …") : after,
    );
  }

  function item(row, found, copy) {
    return make(
      "li",
      { "data-row": row.id, "data-status": found.status, "data-start": found.start ?? "" },
      make("span", { class: `status ${found.status}` }, found.status),
      " ",
      make("a", { href: `#${row.id}`, class: "id" }, row.id),
      " for ",
      make("a", { href: `#${row.record}`, class: "id" }, row.record),
      ` ${heading(row.record)}`,
      row.field ? ` (${row.field})` : null,
      found.start === null ? null : passage(copy, found.start, row.length),
    );
  }

  const beside = (id) => document.querySelector(`#${id} > .status`);

  /** What a record is about: its heading without its identifier. */
  function heading(id) {
    return document.querySelector(`[id="${id}"] h4`)?.lastChild.textContent.trim() ?? "";
  }

  /** Show a status beside the row of evidence in its record. */
  function note(id, status) {
    let place = beside(id);
    if (!place) {
      place = make("span", {});
      document.querySelector(`#${id} > .id`).after(" ", place);
    }
    place.textContent = status;
    place.className = `status ${status}`;
  }

  function summary(counts, whole) {
    if (whole) return `${Object.values(counts).reduce((sum, count) => sum + count, 0)} ${AROUND_IT}`;
    return Object.entries(counts).map(([status, count]) => `${count} ${status}`).join(", ");
  }

  async function run(result, copy, source) {
    const rows = of(source);
    // The reader can choose another article while this one is still being checked.
    const turn = (result.turn = (result.turn ?? 0) + 1);
    const list = make("ol", {});
    const progress = make("p", { role: "status" });
    result.querySelector(".rows").replaceChildren(progress, list);
    result.setAttribute("aria-busy", "true");
    const counts = {};
    const shifts = new Set();
    for (const [index, row] of rows.entries()) {
      const found = await Verify.row(copy, row);
      if (result.turn !== turn) return;
      counts[found.status] = (counts[found.status] ?? 0) + 1;
      if (found.start !== null) shifts.add(found.start - row.start);
      list.append(item(row, found, copy));
      note(row.id, found.status);
      if (index % 25 === 0) progress.textContent = `checking: ${index + 1} of ${rows.length} rows`;
    }
    for (const row of evidence) {
      if (!beside(row.id)) note(row.id, "no-copy");
    }
    // Every passage is there, all as far from each other as in the article: only the text around differs.
    const whole = !counts["not-found"] && counts.verified !== rows.length && shifts.size === 1;
    if (whole) {
      for (const one of list.querySelectorAll(".status")) {
        one.textContent = AROUND_IT;
        one.className = "status verified";
      }
    }
    progress.textContent = `${rows.length} rows: ${summary(counts, whole)}`;
    result.removeAttribute("aria-busy");
  }

  const readable = (text) => ({
    name: "Pasted text",
    arrayBuffer: async () => new TextEncoder().encode(text).buffer,
  });

  /** Check a file; its result is put before another one. */
  async function take(file, before) {
    const number = results.children.length + 1;
    const choice = make("select", { id: `copy-of-${number}` });
    for (const [id, title] of Object.entries(sources)) {
      choice.append(make("option", { value: id }, `${id}: ${title}`));
    }
    const result = make(
      "section",
      { class: "result" },
      make("h3", {}, file.name),
      make("div", { class: "rows" }, make("p", { role: "status" }, "finding out which article this is")),
    );
    results.insertBefore(result, before);
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    } catch {
      result.append(make("p", { role: "alert" }, "This is not UTF-8 text. Save the article as plain UTF-8 text."));
      return;
    }
    const copy = Verify.prepare(text);
    const source = await recognise(file.name, copy);
    if (source === null) choice.prepend(make("option", { value: "" }, "none of them"));
    choice.value = source ?? "";
    choice.addEventListener("change", () => choice.value && run(result, copy, choice.value));
    result.firstChild.after(
      make("p", {}, make("label", { for: choice.id }, "checked as a copy of "), choice),
    );
    if (source === null) {
      result.querySelector(".rows [role=status]").textContent =
        "This looks like a copy of none of the articles: it has no passage that we tried. To check it anyway, choose an article.";
      return;
    }
    result.querySelector("label").textContent = "This is a copy of ";
    await run(result, copy, source);
  }

  /** The newest results are first, under the form, where one sees them. */
  async function takeAll(files) {
    const before = results.firstChild;
    for (const file of files) await take(file, before);
  }

  drop.hidden = false;
  input.addEventListener("change", () => takeAll(Array.from(input.files)));
  document.getElementById("check-paste").addEventListener("click", () => {
    const { value } = document.getElementById("paste");
    if (value.trim()) takeAll([readable(value)]);
  });
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    drop.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) drop.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    drop.classList.remove("over");
    drop.scrollIntoView();
    takeAll(Array.from(event.dataTransfer.files));
  });
  return { takeAll };
})();
