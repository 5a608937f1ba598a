"use strict";

/*
 * Lists with many links are one stop of the Tab key. Inside, the arrow keys, Home and End move.
 * Without this program, each link is a stop.
 */
const Roving = (() => {
  const KEYS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

  /** Whether an item is neither hidden nor folded. This asks for no layout, which would be slow. */
  const visible = (item) => !item.closest("[hidden]") && !item.closest("details:not([open]) > :not(summary)");

  for (const list of document.querySelectorAll("[data-roving]")) {
    const all = Array.from(list.querySelectorAll(list.dataset.roving));
    if (!all.length) continue;
    for (const [place, item] of all.entries()) item.setAttribute("tabindex", place ? "-1" : "0");
    let stop = all[0];
    const enter = (item) => {
      stop.setAttribute("tabindex", "-1");
      stop = item;
      stop.setAttribute("tabindex", "0");
    };
    list.addEventListener("focusin", (event) => {
      const item = event.target.closest(list.dataset.roving);
      if (item && list.contains(item)) enter(item);
    });
    list.addEventListener("keydown", (event) => {
      const step = KEYS[event.key];
      if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.target !== stop) return;
      const shown = all.filter(visible);
      const at = shown.indexOf(stop);
      const next = shown[Math.max(0, Math.min(at + step, shown.length - 1))];
      event.preventDefault();
      if (next) next.focus();
    });
    /** The stop is always one that can be seen. */
    list.refresh = () => {
      if (visible(stop)) return;
      const first = all.find(visible);
      if (first) enter(first);
    };
  }

  const refresh = () => {
    for (const list of document.querySelectorAll("[data-roving]")) list.refresh?.();
  };
  return { refresh };
})();
