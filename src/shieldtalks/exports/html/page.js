"use strict";

/* Search, filters, the ledger on a date, and links to records that a filter hides. */
const DATA = JSON.parse(document.getElementById("data").textContent);
document.documentElement.classList.add("with-js");

const Filters = (() => {
  const form = document.getElementById("filters");
  const search = document.getElementById("search");
  const choices = Array.from(form.querySelectorAll("select"));
  const FACETS = { actor: 1, measure: 2, source: 3 };
  const records = new Map(Object.entries(DATA.facets));
  const articles = new Map(Array.from(document.querySelectorAll(".record"), (one) => [one.id, one]));
  const others = Array.from(document.querySelectorAll(".ledger tr[data-id], .plain tr[data-id], .pairs li, .event-list li"), (one) => [
    one,
    one.dataset.id.split(" "),
  ]);
  const kinds = Array.from(document.querySelectorAll("section.kind"), (section) => ({
    section,
    articles: Array.from(section.querySelectorAll(".record")),
    count: section.querySelector(".count"),
  }));
  const moves = Array.from(document.querySelectorAll(".move"), (one) => [one, one.dataset.id.split(" ")]);
  /** The sections that a filter can leave empty, each with a note for that case. */
  const sections = ["exchange", "ledger", "claims-against", "by-date", "records"].map((id) => {
    const note = document.createElement("p");
    note.className = "nothing";
    note.hidden = true;
    note.textContent = "Nothing here matches the search and the filters.";
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

  function apply() {
    const wanted = state();
    const words = folded(wanted.q).split(/\s+/).filter(Boolean);
    const shown = new Set();
    for (const [id, facets] of records) if (fits(id, facets, wanted, words)) shown.add(id);
    for (const [id, article] of articles) article.hidden = !shown.has(id);
    for (const [one, ids] of others) one.hidden = !ids.some((id) => shown.has(id));
    for (const { section, articles: ofKind, count } of kinds) {
      const left = ofKind.filter((article) => !article.hidden).length;
      section.hidden = left === 0;
      count.textContent = String(left);
    }
    for (const [one, ids] of moves) one.classList.toggle("dim", !ids.some((id) => shown.has(id)));
    for (const [note, rows] of sections) {
      note.hidden = rows.some((ids) => ids.some((id) => shown.has(id)));
    }
    document.getElementById("shown").textContent = `${shown.size} of ${records.size} records`;
  }

  /** Keep the filters in the address, so that the address can be shared. */
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

  /** The element that a fragment names; null if there is none or the fragment is malformed. */
  function named(fragment) {
    try {
      return document.getElementById(decodeURIComponent(fragment));
    } catch {
      return null;
    }
  }

  /**
   * Scroll an element to the top. Browsers lay out the content before it only when it comes near,
   * and its height can then change. So this is repeated until the element stays in place.
   */
  function reach(target, tries = 20) {
    target.scrollIntoView({ behavior: "instant" });
    const { top } = target.getBoundingClientRect();
    const moved = () => Math.abs(target.getBoundingClientRect().top - top) > 1;
    const look = () => { if (moved()) reach(target, tries - 1); };
    if (tries) requestAnimationFrame(() => requestAnimationFrame(look));
  }

  /** Show the record that a link leads to, even if a filter hides it or it is folded. */
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

