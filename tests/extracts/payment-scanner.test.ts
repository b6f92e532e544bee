import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  amountAt,
  type CheckedPayments,
  CodeBook,
  checkRows,
  closeSource,
  dateText,
  openSource,
  openTable,
  type RealizationLine,
  type Reject,
  readPayments,
  textAt,
  UnreadableFile,
} from "../../src/extracts/index.ts";
import { gatherPayments } from "../../src/ledger/gather-payments.ts";
import { ReadingThread } from "../../src/ledger/start-reading.ts";
import { beginReading, paymentsOfThread } from "../../src/ledger/thread-of-payments.ts";
import { References } from "../../src/references/index.ts";
import { withFile } from "./files.ts";

const HINTS = { layout: null, kinds: null, year: null };
const CODE = "459384.133.521731.0240508.4250019.A000000001.00000.1.0151.2.000000.000000";
const LONG = `${CODE}.054.100.0A.000277`;

/** What reading a file gives, in a form that can be compared. */
interface Reading {
  lines: unknown[];
  rejects: Reject[];
  skipped: number;
  totals: bigint[];
  warnings: Record<string, number>;
}

async function open<T>(
  content: string | Buffer,
  work: (opened: Awaited<ReturnType<typeof opening>>) => Promise<T>,
): Promise<T> {
  return withFile("lines.csv", content, async (path) => {
    const opened = await opening(path);
    try {
      return await work(opened);
    } finally {
      await opened.table.close();
      await closeSource(opened.source);
    }
  });
}

async function opening(path: string) {
  const source = await openSource(path);
  const table = await openTable(source, HINTS);
  if (table.layout.kind !== "realization") throw new Error(table.layout.id);
  const references = new References();
  return { source, table, layout: table.layout, references, codes: new CodeBook(references) };
}

/** Collects batches of payments. */
async function collected(batches: AsyncIterable<CheckedPayments>): Promise<Reading> {
  const reading: Reading = { lines: [], rejects: [], skipped: 0, totals: [], warnings: {} };
  const codes: string[] = [];
  for await (const { payments, newCodes, warnings, rejects, skipped, statedTotals } of batches) {
    codes.push(...newCodes.canonicals);
    for (let at = 0; at < payments.length; at++) {
      reading.lines.push([
        payments.rows[at],
        codes[payments.codes[at] ?? -1],
        dateText(payments.dates[at] ?? 0),
        textAt(payments, payments.documents, at),
        BigInt(amountAt(payments, at)),
        textAt(payments, payments.descriptions, at),
      ]);
    }
    reading.rejects.push(...rejects);
    reading.skipped += skipped;
    reading.totals.push(...statedTotals);
    for (const [rule, count] of warnings) reading.warnings[rule] = (reading.warnings[rule] ?? 0) + count;
  }
  return reading;
}

/** Reads with the scanner. */
function scanned(content: string | Buffer): Promise<Reading> {
  return open(content, ({ layout, source, table, references, codes }) =>
    collected(readPayments(layout, source, table, { references, themes: new Map(), codes, facts: table.facts })),
  );
}

/** Reads every row as text, the long way. */
function spelled(content: string | Buffer): Promise<Reading> {
  return open(content, async ({ layout, table, references, codes }) => {
    const reading: Reading = { lines: [], rejects: [], skipped: 0, totals: [], warnings: {} };
    const warn = (rule: string) => {
      reading.warnings[rule] = (reading.warnings[rule] ?? 0) + 1;
    };
    const context = { references, themes: new Map(), codes, facts: table.facts, warn };
    for await (const batch of checkRows(layout, table, context)) {
      reading.lines.push(
        ...batch.lines.map(({ row, code, date, document, amount, description }: RealizationLine) => {
          return [row, code.canonical, date, document, amount, description];
        }),
      );
      reading.rejects.push(...batch.rejects);
      reading.skipped += batch.skipped;
      reading.totals.push(...batch.statedTotals);
    }
    return reading;
  });
}

/** What follows from all lines of a file, gathered by this thread. */
function gatheredHere(content: string): Promise<unknown> {
  return open(content, async ({ layout, source, table, references, codes }) => {
    const batches = gatherPayments(layout, source, table, { references, themes: new Map(), codes, facts: table.facts });
    for (;;) {
      const { done, value } = await batches.next();
      if (done) return [value.gathered, await value.columns()];
    }
  });
}

/** How the columns of a file are written, found by this thread. */
function writtenHere(content: string): Promise<unknown> {
  return open(content, async ({ layout, source, table, references, codes }) => {
    await collected(readPayments(layout, source, table, { references, themes: new Map(), codes, facts: table.facts }));
    return table.formats.reports();
  });
}

const cell = {
  code: fc.constantFrom(
    CODE,
    LONG,
    CODE.replaceAll(".", ""),
    CODE.toLowerCase(),
    `${CODE} `,
    "",
    CODE.slice(1),
    "JUMLAH",
  ),
  date: fc.constantFrom(
    "2019-09-08",
    "2020-02-29",
    "2019-02-29",
    "2019-13-01",
    "0000-00-00",
    "08-09-2019",
    "",
    "2019-9-8",
  ),
  document: fc.constantFrom("191330000000001", "", "SPM 12", " 191330000000001", '"a,b"', "é", "1913300000000012"),
  amount: fc.oneof(
    fc.integer({ min: -10_000, max: 10_000 }).map(String),
    fc.constantFrom("-0", "007", "999999999999999", "9007199254740993", "", "1.000", "1,5", "abc", "(5)", "-"),
  ),
  description: fc.constantFrom("", "Belanja", "Honor “Posyandu”", '"baris\nbaru"', "a;b", " x ", '"', "\t"),
};
const line = fc
  .record(cell)
  .map(({ code, date, document, amount, description }) => `${code},${date},${document},${amount},${description}`);
const good = fc
  .integer({ min: 1, max: 99_999 })
  .map((amount) => `${LONG},2019-09-08,191330000000001,${amount},Bayar ${amount}`);
const odd = fc.constantFrom("", ",,,,", "code,date,document,amount,description", "Jumlah,,,5,", "* catatan", "x", LONG);
const lines = fc.array(fc.oneof({ weight: 3, arbitrary: good }, { weight: 2, arbitrary: line }, odd), {
  maxLength: 30,
});

describe("the scanner of plain ledger lines", () => {
  it("reads every file as the long way does", async () => {
    const endings = fc.record({ newline: fc.constantFrom("\n", "\r\n"), last: fc.boolean(), bom: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(lines, endings, async (rows, { newline, last, bom }) => {
        const header = "code,date,document,amount,description";
        const content = `${bom ? "\ufeff" : ""}${[header, ...rows].join(newline)}${last ? newline : ""}`;
        expect(await scanned(content)).toEqual(await spelled(content));
      }),
      { numRuns: 150 },
    );
  });

  it("is not confused by pieces that end anywhere", async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => {
      const text =
        index % 977 === 0 ? `"Biaya ""${index}""\nbaris dua"` : index % 1009 === 0 ? "déjà" : `Bayar ${index}`;
      return `${index % 3 ? LONG : CODE},2019-0${(index % 9) + 1}-08,191330000000001,${index},${text}`;
    });
    const content = `code,date,document,amount,description\n${many.join("\n")}`;
    const reading = await scanned(content);
    expect(reading.lines).toHaveLength(20_000);
    expect(reading).toEqual(await spelled(content));
  });

  it("loses no line behind a quotation mark that is never closed", async () => {
    const many = Array.from({ length: 15_000 }, (_, index) => `${LONG},2019-01-08,191330000000001,${index},Bayar`);
    const content = `code,date,document,amount,description\n${CODE},2019-01-08,1,5,"buka\n${many.join("\n")}\n`;
    const reading = await scanned(content);
    expect(reading.lines).toHaveLength(15_000);
    expect(reading).toEqual(await spelled(content));
  });

  it("gives the row of what is no text", async () => {
    const content = Buffer.concat([
      Buffer.from(`code,date,document,amount\n${CODE},2019-09-08,191330000000001,5\n`),
      Buffer.from([0x00, 0x01, 0x02]),
    ]);
    await expect(scanned(content)).rejects.toThrow(UnreadableFile);
  });
});

describe("the reading thread", () => {
  const read = (content: string) =>
    open(content, async ({ source, table, references }) => {
      const thread = new ReadingThread();
      try {
        const opened = { source, table, options: HINTS };
        expect(beginReading(thread, opened, { references, themes: new Map() })).toBe(true);
        let gathered: unknown;
        const batches = async function* () {
          const end = yield* paymentsOfThread(thread, source, table);
          gathered = [end.gathered, await end.columns()];
        };
        const reading = await collected(batches());
        return { reading, gathered, written: table.formats.reports() };
      } finally {
        await thread.close();
      }
    });

  it("reads as this thread does, and says how the columns are written", async () => {
    const many = Array.from({ length: 30_000 }, (_, index) => {
      return `${index % 3 ? LONG : CODE},2019-0${(index % 9) + 1}-08,191330000000001,${index % 50 ? index + 1 : "1.234.000"},`;
    });
    const content = `code,date,document,amount,description\n${many.join("\n")}\nx,,,,\n`;
    const { reading, gathered, written } = await read(content);
    expect(reading).toEqual(await scanned(content));
    expect(gathered).toEqual(await gatheredHere(content));
    expect(written).toEqual(await writtenHere(content));
    expect(written.map(({ column }) => column)).toContain("amount");
  });

  it("passes on that a sum leaves 64 bits, as this thread says it", async () => {
    const most = `${CODE},2019-09-08,191330000000001,${2n ** 63n - 1n},`;
    const content = `code,date,document,amount,description\n${most}\n${most}\n`;
    const refused = { name: "AppError", code: "AMT-RANGE", status: 400 };
    await expect(gatheredHere(content)).rejects.toMatchObject(refused);
    await expect(read(content)).rejects.toMatchObject(refused);
  });

  it("passes on why a file cannot be read", async () => {
    const content = `code,date,document,amount\n${CODE},2019-09-08,191330000000001,5\n\u0000`;
    await expect(read(content)).rejects.toThrow(UnreadableFile);
  });
});
