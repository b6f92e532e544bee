import { AppError } from "../errors.ts";
import { translator } from "../i18n/index.ts";
import { asOf } from "../ledger/index.ts";
import { fiscalYearOf, monthsByYear, monthsOf } from "../periods.ts";
import { loadReferences, loadThemes, type Theme } from "../references/index.ts";
import type { Db, Reader } from "../store/index.ts";
import { type Balances, readBalances } from "./balances.ts";
import { type LineMatch, type SplitLines, splitLines } from "./lines.ts";
import { Names, NO_CODE } from "./names.ts";
import {
  agreedTags,
  budgetLines,
  type CodeRow,
  cellTexts,
  codesOfActivities,
  extractsOf,
  ledgerFigures,
  listTexts,
  nodeNames,
  paymentLines,
  type TagRow,
} from "./queries.ts";
import { reportRows } from "./rows.ts";
import { TagIndex } from "./tag-index.ts";
import {
  CODE_LISTS,
  type Figures,
  type LineCode,
  type PerformanceExecution,
  type ReportExtract,
  type ReportLine,
  type ReportRequest,
  type ReportTag,
  type Versions,
} from "./types.ts";
import { fingerprints } from "./versions.ts";

/** What is read beside the balances. */
interface Ground {
  names: Names;
  tags: TagRow[];
  codes: CodeRow[];
  split: SplitLines;
  ledger: Figures;
  versions: Versions;
}

/**
 * Reads everything a Performance and Execution report prints. Totals come from the reconciliation, lines from the
 * lines in force; quality assurance compares the two.
 *
 * @throws AppError REPORT-THEME when the store does not know the theme; REPORT-CHANGED when the ledger, the tags or
 * the code lists changed while they were read
 */
export async function assemblePerformanceExecution(db: Db, request: ReportRequest): Promise<PerformanceExecution> {
  const { asOf: moment } = request;
  return moment === undefined ? assemble(db, request) : asOf(db, moment, (view) => assemble(view, request));
}

async function assemble(db: Db, request: ReportRequest): Promise<PerformanceExecution> {
  const t = translator(request.language);
  const theme = (await loadThemes(db)).get(request.theme);
  if (!theme) throw new AppError("REPORT-THEME", 400, t("report.error.theme", { theme: request.theme }));
  const ground = await db.snapshot((reader) => readGround(db, reader, request, theme));
  const balances = await readBalances(db, request);
  const now = await db.snapshot((reader) => readVersions(db, reader, request));
  if (JSON.stringify(now) !== JSON.stringify(ground.versions)) {
    throw new AppError("REPORT-CHANGED", 409, t("report.error.changed"), t("report.error.changed-hint"));
  }
  const extracts = await extractsOf(db, db.read, balances.months.extracts);
  return combine(request, theme, ground, balances, extracts);
}

async function readVersions(db: Db, reader: Reader, { theme, window }: ReportRequest): Promise<Versions> {
  const tags = await agreedTags(db, reader, theme, window);
  return fingerprints({
    data: await cellTexts(db, reader, window),
    tags: tags.map((tag) => JSON.stringify(tag)),
    codeLists: await listTexts(db, reader),
  });
}

async function readGround(db: Db, reader: Reader, request: ReportRequest, theme: Theme): Promise<Ground> {
  const { window, language } = request;
  const year = fiscalYearOf(window.to);
  const names = new Names(await loadReferences(db, reader), await nodeNames(db, reader, year), theme, year, language);
  const tags = await agreedTags(db, reader, theme.code, window);
  const index = new TagIndex(tags, [...monthsByYear(monthsOf(window)).keys()], names);
  const candidates = await codesOfActivities(reader, index.activities);
  const codes = candidates.filter(({ node }) => index.touches(node));
  const ids = new Map(codes.map(({ id }, position) => [id, position]));
  const match = (code: number, fiscalYear: number): LineMatch => index.match(codes[code]?.node ?? "", fiscalYear);
  const [payments, budgets] = [await paymentLines(reader, ids, window), await budgetLines(reader, ids, window)];
  return {
    names,
    tags,
    codes,
    split: splitLines(payments, budgets, window, match),
    ledger: await ledgerFigures(reader, window),
    versions: await readVersions(db, reader, request),
  };
}

function combine(
  { theme: _, ...request }: ReportRequest,
  theme: Theme,
  { names, tags, codes, split, ledger, versions }: Ground,
  balances: Balances,
  extracts: ReportExtract[],
): PerformanceExecution {
  const lines = sortLines(split.lines);
  const used = usedCodes(lines, codes, names);
  const ministries = new Map(codes.map(({ satker, ministry }) => [satker, ministry]));
  const ministryOf = (satker: string): string => names.ministryOf(satker) ?? ministries.get(satker) ?? NO_CODE;
  const rows = reportRows(balances, names, theme, tags, request.window, ministryOf);
  return {
    ...request,
    theme: names.theme,
    dataAsOf: balances.months.dataAsOf,
    versions,
    ledger,
    ...rows,
    codes: used.codes,
    placements: split.placements,
    lines: used.lines,
    tags: tags.map((tag) => reportTag(tag, names)),
    extracts,
    codeLists: CODE_LISTS.map((list) => ({ list, entries: names.asked(list) })),
  };
}

function reportTag(tag: TagRow, names: Names): ReportTag {
  const { node, intervention, ...rest } = tag;
  return {
    node,
    name: names.nodeName(node),
    intervention: names.intervention(intervention),
    class: names.classOf(intervention),
    ...rest,
  };
}

/** Codes come sorted by ministry, satker and code; within a code the budget first, then payments by date. */
function sortLines(lines: readonly ReportLine[]): ReportLine[] {
  const when = (line: ReportLine): string =>
    line.kind === "budget" ? `0 ${line.fiscalYear} ${String(line.revision).padStart(4, "0")}` : `1 ${line.date}`;
  return lines
    .map((line, position) => ({ line, position, when: when(line) }))
    .sort(
      (a, b) =>
        a.line.code - b.line.code ||
        (a.when < b.when ? -1 : a.when > b.when ? 1 : 0) ||
        a.line.extract - b.line.extract ||
        a.line.row - b.line.row ||
        a.position - b.position,
    )
    .map(({ line }) => line);
}

/** Keeps the codes that carry lines and numbers them anew. */
function usedCodes(
  lines: readonly ReportLine[],
  codes: readonly CodeRow[],
  names: Names,
): { codes: LineCode[]; lines: ReportLine[] } {
  const positions = new Map<number, number>();
  const kept: LineCode[] = [];
  const numbered = lines.map((line) => {
    let position = positions.get(line.code);
    if (position === undefined) {
      const code = codes[line.code];
      if (!code) throw new Error(`line with code ${line.code} of ${codes.length}`);
      position = kept.push(lineCode(code, names)) - 1;
      positions.set(line.code, position);
    }
    return { ...line, code: position };
  });
  return { codes: kept, lines: numbered };
}

function lineCode({ code, ministry, node, satker, location, account }: CodeRow, names: Names): LineCode {
  return {
    code,
    ministry: names.of("ministries", ministry),
    activity: names.of("activities", node.slice(0, 4)),
    output: names.output(node),
    satker: names.of("satkers", satker),
    location: names.of("locations", location ?? NO_CODE),
    account: names.of("accounts", account),
  };
}
