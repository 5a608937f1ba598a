"use strict";

/* Cite this view: the citation, the filters, and the row hash of each record that is shown. */
const View = (() => {
  const dialog = document.getElementById("view");
  const text = document.getElementById("view-text");
  const said = document.getElementById("view-said");

  function words() {
    const chosen = Array.from(document.querySelectorAll("#filters select"))
      .filter((one) => one.value)
      .map((one) => `${one.previousElementSibling.textContent}: ${one.selectedOptions[0].textContent}`);
    const search = document.getElementById("search").value.trim();
    if (search) chosen.unshift(`search for “${search}”`);
    if (VIEW.day) chosen.push(`as of ${VIEW.day}`);
    if (VIEW.known) chosen.push(`known by ${VIEW.known}`);
    return chosen.length ? chosen.join("; ") : "the whole record";
  }

  function lines() {
    const shown = Array.from(document.querySelectorAll(".record:not([hidden])"));
    const rows = shown.map((one) => {
      const hash = /[0-9a-f]{64}/.exec(one.querySelector(".citation").textContent)?.[0] ?? "";
      return `${one.id} ${hash}`;
    });
    return [
      DATA.citation,
      `View: ${words()}.`,
      `Address: ${location.href}`,
      `${rows.length} rows, each with the SHA-256 of its wording:`,
      ...rows,
    ];
  }

  document.getElementById("cite-view").addEventListener("click", () => {
    text.value = lines().join("\n");
    said.textContent = "";
    dialog.showModal();
    text.focus();
    text.setSelectionRange(0, 0);
    text.scrollTop = 0;
  });
  document.getElementById("view-copy").addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = "Copied.";
    } catch {
      said.textContent = document.execCommand("copy") ? "Copied." : "Press Ctrl+C to copy.";
    }
  });
  document.getElementById("view-close").addEventListener("click", () => dialog.close());
  return { lines };
})();
