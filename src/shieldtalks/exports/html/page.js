"use strict";

/* Search, filters, the ledger at a date, and links to records that a filter hides. */
const DATA = JSON.parse(document.getElementById("data").textContent);
document.documentElement.classList.add("with-js");

const Filters = (() => {
  const form = document.getElementById("filters");
  const search = document.getElementById("search");
  const choices = Array.from(form.querySelectorAll("select"));
  const FACETS = { actor: 1, measure: 2, source: 3 };
  const records = new Map(Object.entries(DATA.facets));
  const articles = new Map(Array.from(document.querySelectorAll(".record"), (one) => [one.id, one]));
  const others = Array.from(document.querySelectorAll(".ledger tr[data-id], .pairs li"), (one) => [
    one,
    one.dataset.id.split(" "),
  ]);
  const kinds = Array.from(document.querySelectorAll("section.kind"), (section) => ({
    section,
    articles: Array.from(section.querySelectorAll(".record")),
    count: section.querySelector(".count"),
  }));
  const drawings = Array.from(document.querySelectorAll(".drawing"), (frame) => ({
    frame,
    rows: Array.from(frame.querySelectorAll("a.row")),
    head: Number(frame.firstElementChild.dataset.head),
    width: frame.firstElementChild.viewBox.baseVal.width,
  }));
  /** The parts that a filter may leave empty, each with a note that says so. */
  const parts = ["timeline", "ledger", "claims-against", "records"].map((id) => {
    const note = document.createElement("p");
    note.className = "nothing";
    note.hidden = true;
    note.textContent = "Nothing here fits the search and the filters.";
    document.querySelector(`#${id} .intro`).after(note);
    const rows = Array.from(document.querySelectorAll(`#${id} [data-id]`), (one) => one.dataset.id.split(" "));
    return [note, rows];
  });
  const texts = new Map();

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function textOf(id) {
    if (!texts.has(id)) texts.set(id, folded(articles.get(id).textContent));
    return texts.get(id);
  }

  function state() {
    const chosen = Object.fromEntries(choices.map((one) => [one.dataset.facet, one.value]));
    return { ...chosen, q: search.value.trim() };
  }

  function fits(id, facets, wanted, words) {
    if (wanted.kind && facets[0] !== wanted.kind) return false;
    for (const [name, place] of Object.entries(FACETS)) {
      if (wanted[name] && !facets[place].includes(wanted[name])) return false;
    }
    return words.every((word) => textOf(id).includes(word));
  }

  /**
   * Lay out the rows of a timeline again, without those that are hidden. The frame cuts off what is
   * left: a change of `viewBox`, or of `display`, would lay out every word of the drawing again.
   */
  function stack({ frame, rows, head, width }, shown) {
    let top = head;
    for (const row of rows) {
      const visible = shown.has(row.dataset.id);
      row.style.visibility = visible ? "" : "hidden";
      if (!visible) continue;
      row.setAttribute("transform", `translate(0 ${top})`);
      top += Number(row.dataset.height);
    }
    frame.style.aspectRatio = `${width} / ${top + 12}`;
  }

  function apply() {
    const wanted = state();
    const words = folded(wanted.q).split(/\s+/).filter(Boolean);
    const shown = new Set();
    for (const [id, facets] of records) if (fits(id, facets, wanted, words)) shown.add(id);
    for (const [id, article] of articles) article.hidden = !shown.has(id);
    for (const [one, ids] of others) one.hidden = !ids.some((id) => shown.has(id));
    for (const { section, articles: held, count } of kinds) {
      const left = held.filter((article) => !article.hidden).length;
      section.hidden = left === 0;
      count.textContent = String(left);
    }
    for (const drawing of drawings) stack(drawing, shown);
    for (const [note, rows] of parts) {
      note.hidden = rows.some((held) => held.some((id) => shown.has(id)));
    }
    document.getElementById("shown").textContent = `${shown.size} of ${records.size} records`;
  }

  /** Keep the filters in the address, so that they can be passed on; a record's link comes first. */
  function remember() {
    const kept = new URLSearchParams(Object.entries(state()).filter(([, value]) => value));
    const address = String(kept) ? `#?${kept}` : "#";
    if (location.hash !== address) history.replaceState(null, "", address);
  }

  function recall(hash) {
    const kept = new URLSearchParams(hash.slice(2));
    search.value = kept.get("q") ?? "";
    for (const one of choices) {
      one.value = kept.get(one.dataset.facet) ?? "";
      if (one.selectedIndex < 0) one.value = "";
    }
    apply();
  }

  /** What a fragment names; null where that is nothing, or the fragment is broken. */
  function named(fragment) {
    try {
      return document.getElementById(decodeURIComponent(fragment));
    } catch {
      return null;
    }
  }

  /**
   * Bring an element to the top. What lies before it is laid out only once it comes near, and then
   * takes another height than was reckoned with: so it is done again until the element stays there.
   */
  function reach(target, tries = 20) {
    target.scrollIntoView({ behavior: "instant" });
    const { top } = target.getBoundingClientRect();
    const moved = () => Math.abs(target.getBoundingClientRect().top - top) > 1;
    const look = () => { if (moved()) reach(target, tries - 1); };
    if (tries) requestAnimationFrame(() => requestAnimationFrame(look));
  }

  /** Show the record that a link leads to, whatever is filtered and folded away. */
  function reveal() {
    if (location.hash.startsWith("#?")) return recall(location.hash);
    const target = named(location.hash.slice(1));
    if (!target) return;
    if (target.closest(".record[hidden]")) recall("");
    for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    reach(target);
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  let pause = 0;
  search.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => { apply(); remember(); }, 80);
  });
  for (const one of choices) one.addEventListener("change", () => { apply(); remember(); });
  addEventListener("hashchange", reveal);

  const bar = document.querySelector(".bar");
  const measure = () => {
    const sticks = getComputedStyle(bar).position === "sticky";
    document.documentElement.style.setProperty("--bar", sticks ? `${bar.offsetHeight}px` : "0px");
  };
  measure();
  addEventListener("resize", measure);
  apply();
  if (location.hash) reveal();
  addEventListener("load", () => { if (location.hash) reveal(); });
  return { apply };
})();

const AsOf = (() => {
  const { moments, states, proposals } = DATA.ledger;
  const slider = document.getElementById("as-of");
  const words = document.getElementById("as-of-words");
  const head = document.getElementById("as-of-head");
  const line = document.querySelector(".now-line");
  const columns = Array.from(document.querySelectorAll(".ledger th.moment"));
  const rows = Array.from(document.querySelectorAll(".ledger tr[data-id]"), (row) => ({
    row,
    told: proposals[row.dataset.id],
    pill: row.querySelector(".pill"),
    by: row.querySelector(".by"),
  }));
  const NOT_YET = ["not yet put forward", "not-yet", ""];

  function stateOn(told, day) {
    let held = null;
    for (const [from, state] of told.steps) if (from <= day) held = state;
    return held === null ? NOT_YET : states[held];
  }

  function mark(day) {
    const now = day && columns.find((column) => column.dataset.day >= day);
    for (const column of columns) column.classList.toggle("now", column === now);
    line.hidden = !now;
    if (!now) return;
    line.style.left = `${now.offsetLeft + now.offsetWidth / 2}px`;
    line.style.top = `${now.offsetTop + now.offsetHeight}px`;
  }

  function show() {
    const [day, told] = moments[Number(slider.value)] ?? ["", "all that is recorded"];
    for (const { row, told: steps, pill, by } of rows) {
      const [state, name, who] = day ? stateOn(steps, day) : states[steps.now];
      pill.textContent = state;
      pill.className = `pill ${name}`;
      by.textContent = who;
      row.classList.toggle("waiting", name === "not-yet");
    }
    words.textContent = told;
    head.textContent = day ? ` on ${told}` : " by all that is recorded";
    slider.setAttribute("aria-valuetext", told);
    mark(day);
  }

  if (moments.length) {
    slider.closest(".slider").hidden = false;
    slider.addEventListener("input", show);
    addEventListener("resize", show);
    show();
  }
  return { show };
})();
