/* The worker that runs the questions: it gets sql.js and `bytes` in the same program. Here, not in the page,
   so that a long question blocks nothing and can be stopped. */
(() => {
  const MOST_ROWS = 500;
  const MOST_CELLS = 20000;
  const MOST_LETTERS = 10000;
  let database = null;

  function cell(value) {
    if (value === null) return null;
    if (typeof value === "boolean") return Number(value);
    return typeof value === "object" ? JSON.stringify(value) : value;
  }

  function fill(table, lists) {
    if (!lists.length) return;
    const places = lists[0].map(() => "?").join(", ");
    const insert = database.prepare(`INSERT INTO "${table.replaceAll('"', '""')}" VALUES (${places})`);
    for (const list of lists) insert.run(list.map(cell));
    insert.free();
  }

  const unpacked = async (base64) => JSON.parse(new TextDecoder().decode(await bytes(base64)));

  /** The database: the tables that can be saved from the page, and the views of the SQLite file. */
  async function open(packed) {
    const [library, schema, { tables }] = await Promise.all([
      self.initSqlJs(), unpacked(packed.schema), unpacked(packed.tables),
    ]);
    database = new library.Database();
    database.exec("BEGIN");
    for (const statement of schema.tables) database.exec(statement);
    for (const [table, records] of Object.entries(tables)) {
      fill(table, records.map((record) => schema.columns[table].map((name) => record[name] ?? null)));
    }
    for (const [table, lists] of Object.entries(schema.rows)) fill(table, lists);
    for (const statement of schema.views) database.exec(statement);
    database.exec("COMMIT");
  }

  /** The statement of a question. It may read, not write, and there is only one. */
  function prepared(question) {
    database.exec("PRAGMA query_only = ON");
    const statements = database.iterateStatements(question);
    const { value, done } = statements.next();
    if (done) throw new Error("there is no statement");
    const rest = statements.getRemainingSQL().replace(/--[^\n]*|\/\*[^]*?\*\/|[\s;]/g, "");
    if (rest) throw new Error("there is more than one statement");
    return value;
  }

  /** A value as the page can show it. */
  function shown(value) {
    if (value instanceof Uint8Array) return `${value.length} bytes`;
    if (typeof value !== "string" || value.length <= MOST_LETTERS) return value;
    return `${value.slice(0, MOST_LETTERS)} … (${value.length} characters)`;
  }

  function answer(question) {
    const statement = prepared(question);
    try {
      const names = statement.getColumnNames();
      const most = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_CELLS / (names.length || 1))));
      const rows = [];
      while (rows.length <= most && statement.step()) rows.push(statement.get().map(shown));
      return { names, rows: rows.slice(0, most), more: rows.length > most };
    } finally {
      statement.free();
    }
  }

  self.onmessage = async ({ data }) => {
    try {
      if (data.open) await open(data.open);
      self.postMessage(data.open ? { opened: true } : answer(data.question));
    } catch (error) {
      self.postMessage({ wrong: error.message });
    }
  };
})();
