"use strict";

/* Search, filters, and links to records that a filter hides. */
const DATA = JSON.parse(document.getElementById("data").textContent);
document.documentElement.classList.add("with-js");

/** What the ledger shows, as a part of the view: a day, and a day of publication. */
const VIEW = { day: "", known: "", apply() {} };

const Filters = (() => {
  const form = document.getElementById("filters");
  const search = document.getElementById("search");
  const choices = Array.from(form.querySelectorAll("select"));
  const FACETS = { actor: 1, measure: 2, source: 3 };
  const records = new Map(Object.entries(DATA.facets));
  const articles = new Map(Array.from(document.querySelectorAll(".record"), (one) => [one.id, one]));
  const others = Array.from(document.querySelectorAll(".ledger tr[data-id], .plain tr[data-id], .positions tr[data-id], .pairs li, .event-list li"), (one) => [
    one,
    one.dataset.id.split(" "),
  ]);
  const kinds = Array.from(document.querySelectorAll("section.kind"), (section) => ({
    section,
    articles: Array.from(section.querySelectorAll(".record")),
    count: section.querySelector(".count"),
  }));
  const moves = Array.from(document.querySelectorAll(".move"), (one) => [one, one.dataset.id.split(" ")]);
  /** A tie of the figure fades with a move at one of its ends; what belongs to a date, with all moves of the date. */
  const whole = new Map(moves.map(([, ids]) => [ids[0], ids]));
  const bound = Array.from(document.querySelectorAll("[data-of]"), (one) => [one, one.dataset.of.split(" ").map((id) => whole.get(id))]);
  /** The sections that a filter can leave empty, each with a note for that case. */
  const sections = ["exchange", "ledger", "positions", "claims-against", "by-date", "records"].map((id) => {
    const note = document.createElement("p");
    note.className = "nothing";
    note.hidden = true;
    note.textContent = "Nothing here matches the search and the filters.";
    document.querySelector(`#${id} .intro`).after(note);
    const rows = Array.from(document.querySelectorAll(`#${id} :is([data-id], .record)`), (one) => (one.dataset.id ?? one.id).split(" "));
    return [note, rows];
  });
  const texts = new Map();
  const MOST_SNIPPETS = 100;
  /** With more hits than this, a fold is not opened by a search. */
  const MOST_ROWS = 40;

  const none = document.getElementById("none");
  const unit = document.createElement("span");
  unit.textContent = " records";
  const opener = document.getElementById("filters-open");
  const more = document.getElementById("filters-more");
  const topics = Array.from(document.querySelectorAll(".topic"));
  const folds = Array.from(document.querySelectorAll(".topic, .fold"));
  /** A phone has the topics and the kinds of records folded. */
  if (matchMedia("(max-width: 46rem)").matches) for (const fold of folds) fold.open = false;
  let unfiltered = null;

  const measures = new Map(Array.from(document.querySelectorAll("#by-measure option"), (one) => [one.value, one.textContent]));

  /** The text of an element, with a blank between its parts: the words of two of them are two words. */
  function apart(one) {
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    const parts = [];
    while (walker.nextNode()) parts.push(walker.currentNode.data);
    return parts.join(" ");
  }

  function textOf(id) {
    if (!texts.has(id)) {
      const facets = records.get(id);
      const names = facets[FACETS.actor].map((actor) => DATA.names[actor] ?? "");
      const branches = facets[0] === "proposals" ? facets[FACETS.measure].map((code) => measures.get(code) ?? "") : [];
      texts.set(id, Search.line([apart(articles.get(id)), ...names, ...branches].join(" ")));
    }
    return texts.get(id);
  }

  /** The texts are gathered while nothing else is to do, so that the first letter of a search is not slow. */
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 8 }), 50));
  function gather(ids) {
    idle((time) => {
      while (ids.length && time.timeRemaining() > 2) textOf(ids.pop());
      if (ids.length) gather(ids);
    });
  }

  function state() {
    const chosen = Object.fromEntries(choices.map((one) => [one.dataset.facet, one.value]));
    return { ...chosen, q: search.value.trim(), day: VIEW.day, known: VIEW.known };
  }

  function fits(id, facets, wanted, words) {
    if (wanted.kind && facets[0] !== wanted.kind) return false;
    for (const [name, place] of Object.entries(FACETS)) {
      if (wanted[name] && !facets[place].includes(wanted[name])) return false;
    }
    return !words.length || Search.has(textOf(id), words);
  }

  function apply() {
    const wanted = state();
    const words = Search.words(wanted.q);
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
    const clear = (ids) => ids.some((id) => shown.has(id));
    for (const [one, ends] of bound) {
      one.classList.toggle("dim", one.classList.contains("tie") ? !ends.every(clear) : !ends.some(clear));
    }
    for (const [note, rows] of sections) {
      note.hidden = !rows.length || rows.some((ids) => ids.some((id) => shown.has(id)));
    }
    for (const topic of topics) topic.hidden = !topic.querySelector("tr[data-id]:not([hidden])");
    unfold(shown.size < records.size);
    const told = document.getElementById("shown");
    told.replaceChildren(`${shown.size} of ${records.size}`, unit);
    told.parentElement.classList.toggle("all", shown.size === records.size);
    const used = choices.filter((one) => one.value).length;
    opener.textContent = used ? `Filters (${used})` : "Filters";
    document.getElementById("to-first").hidden = !shown.size || shown.size === records.size;
    none.hidden = shown.size > 0 || !records.size;
    none.firstElementChild.textContent = wanted.q
      ? `Nothing is found for “${wanted.q}”${used ? " with these filters" : ""}.`
      : "No record has all of these filters.";
    snippets(shown, words);
    light();
    Roving.refresh();
  }

  /** With a filter, what has a few hits is open; without it, what was open before. */
  function unfold(filtered) {
    if (!filtered && !unfiltered) return;
    const before = unfiltered ?? folds.map((fold) => fold.open);
    for (const [place, fold] of folds.entries()) fold.open = filtered ? few(fold) || before[place] : before[place];
    unfiltered = filtered ? before : null;
  }

  const few = (fold) => {
    const hits = fold.querySelectorAll(":is(tr[data-id], .record):not([hidden])").length;
    return hits > 0 && hits <= MOST_ROWS;
  };

  /** The text of an element, with a blank where a line is broken. */
  const plain = (one) =>
    Array.from(one.childNodes, (part) => `${part.nodeName === "BR" || part.className === "anchor" ? " " : ""}${part.textContent}`).join("");

  /** Under the line of a record, the words around a hit that is inside it. */
  function snippets(shown, words) {
    for (const old of document.querySelectorAll(".hit")) old.remove();
    if (!words.length) return;
    let left = MOST_SNIPPETS;
    let tried = 0;
    for (const id of shown) {
      const summary = articles.get(id).firstElementChild;
      tried += 1;
      if (left === 0 || tried > 3 * MOST_SNIPPETS) break;
      if (Search.has(Search.line(apart(summary)), words)) continue;
      const inside = Array.from(articles.get(id).querySelectorAll("dd, .evidence li, .outside li, .by"))
        .map((one) => Search.around(plain(one), words))
        .find(Boolean);
      if (!inside) continue;
      const hit = document.createElement("span");
      hit.className = "hit";
      hit.textContent = inside;
      summary.append(hit);
      left -= 1;
    }
  }

  function light() {
    const seen = ".record:not([hidden]) > summary, .record[open]:not([hidden]), .ledger tr:not([hidden]) th, " +
      ".positions tr:not([hidden]) th, .pairs > li:not([hidden])";
    Search.mark(document.querySelectorAll(seen), Search.words(search.value));
  }

  /** Go to the first record that is shown. */
  function toFirst() {
    const first = Array.from(articles.values()).find((one) => !one.hidden);
    if (!first) return;
    open(first.parentElement.closest("details"));
    reach(first);
    first.firstElementChild.focus({ preventScroll: true });
  }

  /** Keep the filters in the address, so that the address can be shared. */
  function remember() {
    const kept = new URLSearchParams(Object.entries(state()).filter(([, value]) => value));
    const address = String(kept) ? `#?${kept}` : "#";
    if (location.hash !== address) history.replaceState(null, "", address);
  }

  /** Unfold or fold the filters. */
  function showFilters(open) {
    more.hidden = !open;
    form.classList.toggle("open", open);
    opener.setAttribute("aria-expanded", String(open));
  }

  function recall(hash) {
    const kept = new URLSearchParams(hash.slice(2));
    search.value = kept.get("q") ?? "";
    for (const one of choices) {
      one.value = kept.get(one.dataset.facet) ?? "";
      if (one.selectedIndex < 0) one.value = "";
    }
    if (choices.some((one) => one.value)) showFilters(true);
    VIEW.day = kept.get("day") ?? "";
    VIEW.known = kept.get("known") ?? "";
    VIEW.apply();
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

  /** Open a fold and those around it. */
  function open(fold) {
    for (let at = fold; at; at = at.parentElement.closest("details")) at.open = true;
  }

  /** Show the record that a link leads to, even if a filter hides it or it is folded. */
  function reveal() {
    if (location.hash.startsWith("#?")) return recall(location.hash);
    const target = named(location.hash.slice(1));
    if (!target) return;
    if (target.closest(".record[hidden]")) recall("");
    open(target.closest("details"));
    reach(target);
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    Object.assign(VIEW, { day: "", known: "" });
    VIEW.apply();
    apply();
    remember();
  }));
  opener.addEventListener("click", () => showFilters(more.hidden));
  document.getElementById("none-clear").addEventListener("click", () => { form.reset(); search.focus(); });
  document.getElementById("to-first").addEventListener("click", toFirst);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    clearTimeout(pause);
    apply();
    remember();
    toFirst();
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.classList?.contains("record") && search.value.trim()) light();
  }, true);
  let pause = 0;
  search.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => { apply(); remember(); }, 80);
  });
  for (const one of choices) one.addEventListener("change", () => { apply(); remember(); });
  addEventListener("hashchange", reveal);

  const bar = document.querySelector(".bar");
  const beside = document.querySelector("#exchange .head");
  const measure = () => {
    const sticks = getComputedStyle(bar).position === "sticky";
    const { style } = document.documentElement;
    style.setProperty("--bar", sticks ? `${bar.offsetHeight}px` : "0px");
    style.setProperty("--head", `${beside.offsetHeight}px`);
  };
  addEventListener("load", () => gather([...records.keys()]));
  const sizes = new ResizeObserver(measure);
  for (const one of [bar, beside]) sizes.observe(one);
  apply();
  measure(); // after the count of records is hidden, which can take a line of the bar
  if (location.hash) reveal();
  addEventListener("load", () => { if (location.hash) reveal(); });
  return { apply, remember };
})();

