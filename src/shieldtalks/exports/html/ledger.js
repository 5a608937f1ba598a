"use strict";

/* The ledger on a day, and as it was known from what had been published by a day. */
const AsOf = (() => {
  const { first, days, proposals, states, known } = DATA.ledger;
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December"];
  const NOT_YET = ["not yet put forward", "not-yet", ""];
  const NOT_KNOWN = ["not reported by then", "not-yet", ""];
  const slider = document.getElementById("as-of");
  const chosen = document.getElementById("as-of-day");
  const by = document.getElementById("known-by");
  const words = document.getElementById("as-of-words");
  const head = document.getElementById("as-of-head");
  const line = document.querySelector(".now-line");
  const axis = document.querySelector(".ledger .axis");
  const body = document.querySelector(".ledger tbody");
  const rows = Array.from(document.querySelectorAll(".ledger tr[data-id]"), (row) => ({
    row,
    pill: row.querySelector(".pill"),
    by: row.querySelector(".by"),
  }));
  const begin = Date.UTC(...first.split("-").map((part, place) => Number(part) - (place === 1 ? 1 : 0)));
  const DAY = 86400000;

  /** The ISO day of a place of the slider; "" is the end of the record. */
  const dayAt = (place) => (place > days ? "" : new Date(begin + place * DAY).toISOString().slice(0, 10));
  const said = (day) => {
    const [year, month, date] = day.split("-").map(Number);
    return `${date} ${MONTHS[month - 1]} ${year}`;
  };

  function stateOn(proposal, day) {
    if (!proposal) return NOT_KNOWN;
    if (!day) return states[proposal.now];
    let latest = null;
    for (const [from, state] of proposal.steps) if (from <= day) latest = state;
    return latest === null ? NOT_YET : states[latest];
  }

  function mark(place, day) {
    line.hidden = !day;
    if (!day) return;
    const box = axis.getBoundingClientRect();
    const frame = line.parentElement.getBoundingClientRect();
    line.style.left = `${box.left - frame.left + line.parentElement.scrollLeft + (box.width * place) / days}px`;
    line.style.top = `${body.getBoundingClientRect().top - frame.top - box.height}px`;
  }

  function show() {
    const place = Number(slider.value);
    const day = dayAt(place);
    const table = by?.value ? known[by.value] : proposals;
    for (const { row, pill, by: who } of rows) {
      const [state, name, phrase] = stateOn(table[row.dataset.id], day);
      pill.textContent = state;
      pill.className = `pill ${name}`;
      who.textContent = phrase;
      row.classList.toggle("waiting", name === "not-yet");
    }
    const when = day ? said(day) : "the end of the record";
    words.textContent = when;
    head.textContent = day ? ` on ${when}` : ` at ${when}`;
    slider.setAttribute("aria-valuetext", when);
    chosen.value = day;
    Object.assign(VIEW, { day, known: by?.value ?? "" });
    mark(place, day);
  }

  /** Choose a day; a day outside the record is its nearest end. */
  function choose(day) {
    const place = Math.round((Date.parse(`${day}T00:00Z`) - begin) / DAY);
    slider.value = String(Number.isNaN(place) ? days + 1 : Math.max(0, Math.min(place, days)));
    show();
  }

  if (rows.length) {
    slider.parentElement.hidden = false;
    document.querySelector(".moment-controls").hidden = false;
    slider.addEventListener("input", show);
    slider.addEventListener("change", Filters.remember);
    chosen.addEventListener("change", () => { choose(chosen.value); Filters.remember(); });
    by?.addEventListener("change", () => { show(); Filters.remember(); });
    VIEW.apply = () => {
      if (by) by.value = VIEW.known in known ? VIEW.known : "";
      choose(VIEW.day);
    };
    addEventListener("resize", show);
    VIEW.apply();
  }
  return { show, choose };
})();
