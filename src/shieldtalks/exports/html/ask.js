"use strict";

/* Ask in SQL: sql.js, SQLite for the browser, is unpacked with the first question and runs in a worker. */
const Ask = (() => {
  const sql = document.getElementById("ask-sql");
  const saved = document.getElementById("ask-saved");
  const said = document.getElementById("ask-said");
  const rows = document.getElementById("ask-rows");
  const stopper = document.getElementById("ask-stop");
  /** A text with more letters than this needs room. */
  const LONG = 30;
  const STOPPED = "Stopped.";
  const CLOSED = "The database cannot be opened";
  /** What helps, for a part of the message of SQLite. */
  const HELP = [
    ["no such", " The names of the tables and columns are in the list."],
    ["readonly", " A question can only read."],
    ["more than one", " Ask one question at a time."],
    ["too deep", " Read fewer views in one question."],
  ];
  const NARROWER = "Ask for less: join fewer tables, or use WHERE.";
  /** After this number of seconds a question is stopped. */
  const limit = { seconds: 30 };
  let worker = null;
  let opened = null;
  let stop = null;
  let running = null;

  /** Send something to the worker: what it answers. The promise fails if the worker is stopped first. */
  function send(message) {
    return new Promise((done, fail) => {
      stop = (why) => {
        worker?.terminate();
        worker = opened = null;
        fail(new Error(why));
      };
      worker.onmessage = ({ data }) => (data.wrong === undefined ? done(data) : fail(new Error(data.wrong)));
      worker.onerror = (event) => stop(event.message || "this browser does not start a worker here");
      worker.postMessage(message);
    });
  }

  /** The worker, with the database opened: it contains the tables that can be saved from this page. */
  async function open() {
    const library = await Packed.value("sql-js");
    const address = URL.createObjectURL(new Blob([`${Packed.bytes};\n`, library], { type: "text/javascript" }));
    try {
      worker = new Worker(address);
      const tables = document.querySelector("a[download$='.json.gz']").getAttribute("href").split("base64,")[1];
      await send({ open: { schema: document.getElementById("ask-schema").textContent, tables } });
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  /** The text of a cell. Identifiers of records lead to them. */
  function shown(value) {
    const td = document.createElement("td");
    const text = String(value ?? "");
    if (typeof value === "number") td.className = "number";
    else if (text.length > LONG) td.className = "long";
    for (const part of text.split(/\b([a-z]{3}-\d{4,})\b/)) {
      if (/^[a-z]{3}-\d{4,}$/.test(part) && document.getElementById(part)) {
        const link = document.createElement("a");
        link.href = `#${part}`;
        link.textContent = part;
        td.append(link);
      } else td.append(part);
    }
    return td;
  }

  function table(names, lists) {
    const made = document.createElement("table");
    const head = made.createTHead().insertRow();
    for (const name of names) {
      const th = document.createElement("th");
      th.scope = "col";
      th.textContent = name;
      head.append(th);
    }
    const body = made.createTBody();
    for (const list of lists) body.insertRow().append(...list.map(shown));
    return made;
  }

  function tell({ names, rows: lists, more }) {
    rows.replaceChildren(...(names.length ? [table(names, lists)] : []));
    if (more) return `The first ${lists.length} rows. There are more.`;
    return lists.length === 1 ? "1 row." : `${lists.length} rows.`;
  }

  /** Run the question. One that is still running is stopped first. */
  async function run() {
    stop?.(STOPPED);
    await running;
    running = ask(sql.value.trim());
  }

  async function ask(question) {
    rows.replaceChildren();
    if (!question) {
      said.textContent = "Write or choose a question first.";
      return;
    }
    stop = () => {};
    stopper.disabled = false;
    let timer = 0;
    try {
      said.textContent = opened ? "Running." : "Opening the database.";
      opened ??= open().catch((error) => {
        worker?.terminate();
        worker = opened = null;
        throw error.message === STOPPED ? error : new Error(`${CLOSED}: ${error.message}.`);
      });
      await opened;
      said.textContent = "Running.";
      const late = `${STOPPED.slice(0, -1)} after ${limit.seconds} seconds. ${NARROWER}`;
      timer = setTimeout(() => stop(late), 1000 * limit.seconds);
      said.textContent = tell(await send({ question }));
      history.replaceState(null, "", `#ask=${encodeURIComponent(question)}`);
    } catch ({ message }) {
      said.textContent = [STOPPED.slice(0, -1), CLOSED].some((own) => message.startsWith(own))
        ? message
        : `SQLite cannot run this: ${message}.${HELP.find(([part]) => message.includes(part))?.[1] ?? ""}`;
    } finally {
      clearTimeout(timer);
      stop = null;
      stopper.disabled = true;
    }
  }

  /** A question in the address is shown, and runs only when the reader wants it. */
  function recall() {
    if (!location.hash.startsWith("#ask=")) return;
    try {
      sql.value = decodeURIComponent(location.hash.slice(5));
    } catch {
      return;
    }
    document.getElementById("ask").scrollIntoView();
    said.textContent = "This question came with the link. Press Run.";
  }

  /** The name of a table asks for its first rows; the name of a column goes into the question. */
  function pick({ target }) {
    const name = target.closest("button");
    if (!name) return;
    if (name.dataset.table === undefined) {
      sql.setRangeText(name.textContent, sql.selectionStart, sql.selectionEnd, "end");
      sql.focus();
      return;
    }
    const columns = Array.from(name.closest("li").querySelectorAll("[data-column]"), (one) => one.dataset.column);
    sql.value = `SELECT ${columns.join(", ")}\nFROM ${name.dataset.table}\nLIMIT 50`;
    run();
  }

  document.getElementById("ask-form").hidden = false;
  document.getElementById("ask-run").addEventListener("click", run);
  stopper.addEventListener("click", () => stop?.(STOPPED));
  sql.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  });
  saved?.addEventListener("change", () => {
    if (!saved.value) return;
    sql.value = DATA.ask.questions[saved.value];
    run();
  });
  const list = document.getElementById("ask-tables");
  for (const name of list.querySelectorAll("button")) name.disabled = false;
  if (matchMedia("(max-width: 62rem)").matches) list.open = false;
  list.addEventListener("click", pick);
  addEventListener("hashchange", recall);
  recall();
  return { limit };
})();
