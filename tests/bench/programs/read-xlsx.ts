import { CodeBook, checkRows, openSource, openTable } from "../../../src/extracts/index.ts";
import { loadReferences, loadThemes } from "../../../src/references/index.ts";
import { openStore } from "../../../src/store/index.ts";

/** Reads a workbook and checks every row, storing nothing. */
const [file = "", store = ""] = process.argv.slice(2);
const db = await openStore(store);
const references = await loadReferences(db);
const table = await openTable(await openSource(file), { layout: null, kinds: null });
if (table.layout.kind !== "realization") throw new Error(`taken for ${table.layout.kind}`);
const context = { references, themes: await loadThemes(db), codes: new CodeBook(references), warn: () => undefined };
let good = 0;
for await (const batch of checkRows(table.layout, table, context)) {
  if (batch.rejects.length > 0) throw new Error(`${batch.rejects.length} rows rejected`);
  good += batch.lines.length;
}
await db.close();
console.log(good);
