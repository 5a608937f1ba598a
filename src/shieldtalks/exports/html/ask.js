"use strict";

/* Ask in SQL: sql.js, SQLite for the browser, is unpacked with the first question. */
(() => {
  const sql = document.getElementById("ask-sql");
  const saved = document.getElementById("ask-saved");
  const said = document.getElementById("ask-said");
  const rows = document.getElementById("ask-rows");
  const MOST_ROWS = 500;
  let opened = null;

  function cell(value) {
    if (value === null) return null;
    if (typeof value === "boolean") return Number(value);
    return typeof value === "object" ? JSON.stringify(value) : value;
  }

  function fill(database, table, lists) {
    if (!lists.length) return;
    const places = lists[0].map(() => "?").join(", ");
    const insert = database.prepare(`INSERT INTO "${table.replaceAll('"', '""')}" VALUES (${places})`);
    for (const list of lists) insert.run(list.map(cell));
    insert.free();
  }

  /** The database: the tables that can be saved from this page, and the views of the SQLite file. */
  async function open() {
    const script = document.createElement("script");
    script.textContent = await Packed.value("sql-js");
    document.head.append(script);
    const [library, schema, file] = await Promise.all([
      window.initSqlJs(),
      Packed.value("ask-schema"),
      Packed.bytes(document.querySelector("a[download$='.json.gz']").href.split("base64,")[1]),
    ]);
    const { tables } = JSON.parse(new TextDecoder().decode(file));
    const database = new library.Database();
    database.exec("BEGIN");
    for (const statement of schema.tables) database.exec(statement);
    for (const [table, records] of Object.entries(tables)) {
      fill(database, table, records.map((record) => schema.columns[table].map((name) => record[name] ?? null)));
    }
    for (const [table, lists] of Object.entries(schema.rows)) fill(database, table, lists);
    for (const statement of schema.views) database.exec(statement);
    database.exec("COMMIT");
    return database;
  }

  /** The text of a cell. Identifiers of records lead to them. */
  function shown(value) {
    const td = document.createElement("td");
    if (typeof value === "number") td.className = "number";
    for (const part of String(value ?? "").split(/\b([a-z]{3}-\d{4,})\b/)) {
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

  /** The statement of a question. It may read, not write, and there is only one. */
  function prepared(database, question) {
    database.exec("PRAGMA query_only = ON");
    const statements = database.iterateStatements(question);
    const { value, done } = statements.next();
    if (done) throw new Error("there is no statement");
    const rest = statements.getRemainingSQL().replace(/--[^\n]*|\/\*[^]*?\*\/|[\s;]/g, "");
    if (rest) throw new Error("there is more than one statement");
    return value;
  }

  function answer(database, question) {
    const statement = prepared(database, question);
    try {
      const lists = [];
      while (lists.length <= MOST_ROWS && statement.step()) lists.push(statement.get());
      const names = statement.getColumnNames();
      const more = lists.length > MOST_ROWS;
      rows.replaceChildren(...(names.length ? [table(names, lists.slice(0, MOST_ROWS))] : []));
      if (more) return `The first ${MOST_ROWS} rows. There are more.`;
      return lists.length === 1 ? "1 row." : `${lists.length} rows.`;
    } finally {
      statement.free();
    }
  }

  async function run() {
    const question = sql.value.trim();
    rows.replaceChildren();
    if (!question) {
      said.textContent = "Write or choose a question first.";
      return;
    }
    said.textContent = "Running.";
    let database;
    try {
      opened ??= open();
      database = await opened;
    } catch (error) {
      opened = null;
      said.textContent = `The database cannot be opened: ${error.message}.`;
      return;
    }
    try {
      said.textContent = answer(database, question);
      history.replaceState(null, "", `#ask=${encodeURIComponent(question)}`);
    } catch (error) {
      said.textContent = `SQLite cannot run this: ${error.message}. The tables and their columns are listed below.`;
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

  document.getElementById("ask-form").hidden = false;
  document.getElementById("ask-run").addEventListener("click", run);
  sql.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  });
  saved?.addEventListener("change", () => {
    if (!saved.value) return;
    sql.value = DATA.ask.questions[saved.value];
    run();
  });
  addEventListener("hashchange", recall);
  recall();
})();
