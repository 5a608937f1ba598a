"use strict";

/* What is packed into the page: compressed, and unpacked when it is asked for. */
const Packed = (() => {
  async function bytes(base64) {
    const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  }

  /** A value that is packed under a name. */
  async function value(name) {
    return JSON.parse(new TextDecoder().decode(await bytes(document.getElementById(name).textContent)));
  }

  /** A packed file is saved under its own name, unpacked. */
  async function save(event) {
    const link = event.currentTarget;
    if (!link.download.endsWith(".gz")) return;
    event.preventDefault();
    const file = new Blob([await bytes(link.href.split("base64,")[1])], { type: link.dataset.type });
    const made = document.createElement("a");
    made.href = URL.createObjectURL(file);
    made.download = link.download.slice(0, -3);
    made.click();
    setTimeout(() => URL.revokeObjectURL(made.href), 60000);
  }

  if ("DecompressionStream" in window) {
    for (const link of document.querySelectorAll("a[download$='.gz']")) link.addEventListener("click", save);
  }

  /** The whole citation of a record, and its BibTeX entry, are written when they are opened. */
  let entries = null;
  async function cite(event) {
    const details = event.target;
    if (!details.open || !details.classList?.contains("cite") || details.querySelector("pre")) return;
    entries ??= value("bibtex");
    const words = details.querySelector(".citation");
    if (words.querySelector("a")) words.textContent = words.firstChild.textContent + DATA.citation;
    const pre = document.createElement("pre");
    words.after(pre);
    pre.textContent = (await entries)[details.closest(".record").id];
  }
  document.addEventListener("toggle", cite, true);
  return { value, bytes };
})();
