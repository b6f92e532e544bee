import { sql } from "drizzle-orm";
import { foreignKey, index, primaryKey, pgTable as table, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { bytes, int, int64, json } from "./columns.postgres.ts";

/** The tables, PostgreSQL twin of `sqlite.ts`, where the comments are. */

export const referenceLists = table("reference_lists", {
  id: text("id").primaryKey(),
  owner: text("owner").notNull(),
  firstYear: int("first_year").notNull(),
});

export const referenceEntries = table(
  "reference_entries",
  {
    list: text("list")
      .notNull()
      .references(() => referenceLists.id),
    code: text("code").notNull(),
    validFrom: int("valid_from").notNull(),
    validTo: int("valid_to"),
    name: text("name").notNull(),
    parent: text("parent"),
  },
  (t) => [primaryKey({ columns: [t.list, t.code, t.validFrom] })],
);

export const districts = table("districts", {
  kemendagriCode: text("kemendagri_code").primaryKey(),
  name: text("name").notNull(),
  provinceName: text("province_name").notNull(),
  bpsCode: text("bps_code"),
  spanCode: text("span_code"),
});

export const priorityDistricts = table("priority_districts", {
  kemendagriCode: text("kemendagri_code").primaryKey(),
  firstYear: int("first_year").notNull(),
});

export const codeSuccessors = table(
  "code_successors",
  {
    list: text("list").notNull(),
    oldCode: text("old_code").notNull(),
    newCode: text("new_code").notNull(),
    fromYear: int("from_year"),
  },
  (t) => [primaryKey({ columns: [t.list, t.oldCode, t.newCode] })],
);

export const mappings = table(
  "mappings",
  {
    name: text("name").notNull(),
    version: int("version").notNull(),
    definition: json("definition").notNull(),
    createdAt: text("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.name, t.version] })],
);

export const extracts = table("extracts", {
  id: int("id").primaryKey(),
  kind: text("kind").notNull(),
  layout: text("layout").notNull(),
  file: text("file").notNull(),
  sha256: text("sha256").notNull(),
  options: json("options").notNull(),
  status: text("status").notNull(),
  rowsRead: int("rows_read").notNull(),
  rowsPosted: int("rows_posted").notNull(),
  rowsRejected: int("rows_rejected").notNull(),
  rowsSkipped: int("rows_skipped").notNull(),
  amountRead: int64("amount_read").notNull(),
  amountPosted: int64("amount_posted").notNull(),
  amountRejected: int64("amount_rejected").notNull(),
  header: json("header").notNull(),
  outcome: json("outcome").notNull(),
  lastDate: text("last_date"),
  importedAt: text("imported_at").notNull(),
  revertedAt: text("reverted_at"),
});

export const extractRejects = table(
  "extract_rejects",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    row: int("row").notNull(),
    problems: json("problems").notNull(),
    source: json("source").notNull(),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.row] })],
);

export const sourceParts = table(
  "source_parts",
  {
    sha256: text("sha256").notNull(),
    part: int("part").notNull(),
    data: bytes("data").notNull(),
  },
  (t) => [primaryKey({ columns: [t.sha256, t.part] })],
);

export const extractCells = table(
  "extract_cells",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    kind: text("kind").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    period: text("period").notNull(),
    satker: text("satker").notNull(),
    previous: int("previous"),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.kind, t.fiscalYear, t.period, t.satker] })],
);

export const extractChanges = table(
  "extract_changes",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    kind: text("kind").notNull(),
    number: int("number").notNull(),
    ministry: text("ministry").notNull(),
    state: text("state").notNull(),
    moved: int("moved").notNull(),
    beforeExtract: int("before_extract"),
    beforeRow: int("before_row"),
    afterRow: int("after_row"),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.kind, t.number, t.ministry] })],
);

export const extractMoves = table(
  "extract_moves",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    number: int("number").notNull(),
    ministry: text("ministry").notNull(),
    satker: text("satker").notNull(),
    document: text("document").notNull(),
    date: text("date").notNull(),
    fromCode: int("from_code").notNull(),
    toCode: int("to_code").notNull(),
    amount: int64("amount").notNull(),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.number, t.ministry] })],
);

export const cellsInForce = table(
  "cells_in_force",
  {
    kind: text("kind").notNull(),
    satker: text("satker").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    period: text("period").notNull(),
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
  },
  (t) => [primaryKey({ columns: [t.kind, t.satker, t.fiscalYear, t.period] })],
);

export const periodsInForce = table(
  "periods_in_force",
  {
    kind: text("kind").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    period: text("period").notNull(),
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    cells: int("cells").notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.fiscalYear, t.period, t.extractId] })],
);

export const storedCodes = table(
  "stored_codes",
  {
    id: int("id").notNull(),
    ministry: text("ministry").notNull(),
    code: text("code").notNull(),
    locator: int64("locator").notNull(),
    complete: int("complete").notNull(),
  },
  (t) => [primaryKey({ columns: [t.id, t.ministry] }), index("stored_codes_locator").on(t.locator)],
);

export const ledgerLines = table(
  "ledger_lines",
  {
    extractId: int("extract_id").notNull(),
    row: int("row").notNull(),
    ministry: text("ministry").notNull(),
    codeId: int("code_id").notNull(),
    date: text("date").notNull(),
    document: text("document").notNull(),
    amount: int64("amount").notNull(),
    description: text("description"),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.row, t.ministry] })],
);

export const budgetLines = table(
  "budget_lines",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    row: int("row").notNull(),
    ministry: text("ministry").notNull(),
    codeId: int("code_id").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    revision: int("revision").notNull(),
    revisionDate: text("revision_date"),
    amount: int64("amount").notNull(),
    blocked: int64("blocked"),
    commitment: int64("commitment"),
    plan01: int64("plan_01"),
    plan02: int64("plan_02"),
    plan03: int64("plan_03"),
    plan04: int64("plan_04"),
    plan05: int64("plan_05"),
    plan06: int64("plan_06"),
    plan07: int64("plan_07"),
    plan08: int64("plan_08"),
    plan09: int64("plan_09"),
    plan10: int64("plan_10"),
    plan11: int64("plan_11"),
    plan12: int64("plan_12"),
  },
  (t) => [
    primaryKey({ columns: [t.extractId, t.row, t.ministry] }),
    foreignKey({ columns: [t.codeId, t.ministry], foreignColumns: [storedCodes.id, storedCodes.ministry] }),
  ],
);

export const monthBalances = table(
  "month_balances",
  {
    codeId: int("code_id").notNull(),
    ministry: text("ministry").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    measure: text("measure").notNull(),
    month01: int64("month_01"),
    month02: int64("month_02"),
    month03: int64("month_03"),
    month04: int64("month_04"),
    month05: int64("month_05"),
    month06: int64("month_06"),
    month07: int64("month_07"),
    month08: int64("month_08"),
    month09: int64("month_09"),
    month10: int64("month_10"),
    month11: int64("month_11"),
    month12: int64("month_12"),
  },
  (t) => [primaryKey({ columns: [t.codeId, t.ministry, t.fiscalYear, t.measure] })],
);

export const yearBalances = table(
  "year_balances",
  {
    codeId: int("code_id").notNull(),
    ministry: text("ministry").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    original: int64("original"),
    revised: int64("revised"),
    blocked: int64("blocked"),
  },
  (t) => [primaryKey({ columns: [t.codeId, t.ministry, t.fiscalYear] })],
);

export const balanceColumns = table(
  "balance_columns",
  {
    fiscalYear: int("fiscal_year").notNull(),
    name: text("name").notNull(),
    ministry: text("ministry").notNull(),
    chunk: int("chunk").notNull(),
    keys: text("keys"),
    data: bytes("data").notNull(),
  },
  (t) => [primaryKey({ columns: [t.fiscalYear, t.name, t.ministry, t.chunk] })],
);

export const balanceTotals = table(
  "balance_totals",
  {
    fiscalYear: int("fiscal_year").notNull(),
    measure: text("measure").notNull(),
    month: int("month").notNull(),
    ministry: text("ministry").notNull(),
    accountClass: text("account_class").notNull(),
    amount: int64("amount").notNull(),
  },
  (t) => [primaryKey({ columns: [t.fiscalYear, t.measure, t.month, t.ministry, t.accountClass] })],
);

export const satkers = table(
  "satkers",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    row: int("row").notNull(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    ministry: text("ministry").notNull(),
    unit: text("unit"),
    location: text("location"),
    authority: text("authority"),
    kppn: text("kppn"),
  },
  (t) => [primaryKey({ columns: [t.code, t.extractId, t.row] })],
);

export const outputs = table(
  "outputs",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    row: int("row").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    node: text("node").notNull(),
    program: text("program").notNull(),
    name: text("name").notNull(),
    themes: text("themes"),
    target: text("target"),
    unitOfMeasure: text("unit_of_measure"),
    allocation: int64("allocation"),
    locations: text("locations"),
  },
  (t) => [primaryKey({ columns: [t.fiscalYear, t.node, t.extractId, t.row] })],
);

export const achievements = table(
  "achievements",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    row: int("row").notNull(),
    ministry: text("ministry").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    month: text("month").notNull(),
    satker: text("satker").notNull(),
    node: text("node").notNull(),
    indicator: text("indicator"),
    target: text("target"),
    achieved: text("achieved"),
    unitOfMeasure: text("unit_of_measure"),
    district: text("district"),
    progress: text("progress"),
    gap: text("gap"),
    budget: int64("budget"),
    realization: int64("realization"),
    returns: int64("returns"),
    dipaRevision: int("dipa_revision"),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.row, t.ministry] })],
);

export const themes = table("themes", {
  code: text("code").primaryKey(),
  krisnaCode: text("krisna_code"),
  nameId: text("name_id").notNull(),
  nameEn: text("name_en").notNull(),
});

export const themeClasses = table(
  "theme_classes",
  {
    theme: text("theme")
      .notNull()
      .references(() => themes.code),
    code: text("code").notNull(),
    position: int("position").notNull(),
    nameId: text("name_id").notNull(),
    nameEn: text("name_en").notNull(),
  },
  (t) => [primaryKey({ columns: [t.theme, t.code] })],
);

export const interventions = table(
  "interventions",
  {
    theme: text("theme")
      .notNull()
      .references(() => themes.code),
    code: text("code").notNull(),
    class: text("class").notNull(),
    position: int("position").notNull(),
    nameId: text("name_id").notNull(),
    nameEn: text("name_en").notNull(),
  },
  (t) => [primaryKey({ columns: [t.theme, t.code] })],
);

export const themeSpellings = table(
  "theme_spellings",
  {
    theme: text("theme")
      .notNull()
      .references(() => themes.code),
    kind: text("kind").notNull(),
    spelling: text("spelling").notNull(),
    code: text("code").notNull(),
    source: text("source").notNull(),
  },
  (t) => [primaryKey({ columns: [t.theme, t.kind, t.spelling] })],
);

export const agreements = table("agreements", {
  number: text("number").primaryKey(),
  date: text("date").notNull(),
  semester: text("semester").notNull(),
  parties: json("parties").notNull(),
  recordedAt: text("recorded_at").notNull(),
  recordedBy: text("recorded_by").notNull(),
});

export const tags = table(
  "tags",
  {
    id: int("id").primaryKey(),
    theme: text("theme").notNull(),
    node: text("node").notNull(),
    intervention: text("intervention").notNull(),
    fiscalYearFrom: int("fiscal_year_from").notNull(),
    fiscalYearTo: int("fiscal_year_to").notNull(),
    share: int("share").notNull(),
    status: text("status").notNull(),
    agreement: text("agreement"),
    evidence: text("evidence"),
    link: text("link"),
    origin: text("origin").notNull(),
    replaces: int("replaces"),
  },
  (t) => [
    foreignKey({ columns: [t.theme, t.intervention], foreignColumns: [interventions.theme, interventions.code] }),
    uniqueIndex("tags_agreed")
      .on(t.theme, t.node, t.intervention, t.fiscalYearFrom, t.fiscalYearTo)
      .where(sql`status = 'agreed'`),
    uniqueIndex("tags_on_their_way")
      .on(t.theme, t.node, t.intervention, t.fiscalYearFrom, t.fiscalYearTo)
      .where(sql`status IN ('identified', 'proposed', 'in-review')`),
  ],
);

export const tagSteps = table(
  "tag_steps",
  {
    id: int("id").primaryKey(),
    tagId: int("tag_id").notNull(),
    extractId: int("extract_id").references(() => extracts.id),
    at: text("at").notNull(),
    actor: text("actor"),
    action: text("action").notNull(),
    reason: text("reason"),
    before: json("before"),
    after: json("after"),
  },
  (t) => [index("tag_steps_extract").on(t.extractId), index("tag_steps_tag").on(t.tagId)],
);

export const crossProgramCodes = table(
  "cross_program_codes",
  {
    code: text("code").primaryKey(),
    theme: text("theme").notNull(),
    intervention: text("intervention").notNull(),
    allocatedAt: text("allocated_at").notNull(),
    allocatedBy: text("allocated_by").notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.theme, t.intervention], foreignColumns: [interventions.theme, interventions.code] }),
    unique().on(t.theme, t.intervention),
  ],
);

export const suggestionKeywords = table(
  "suggestion_keywords",
  {
    theme: text("theme").notNull(),
    kind: text("kind").notNull(),
    intervention: text("intervention").notNull(),
    language: text("language").notNull(),
    term: text("term").notNull(),
    weight: int("weight").notNull(),
    ministries: text("ministries"),
    note: text("note"),
    origin: text("origin").notNull(),
    active: int("active").notNull(),
  },
  (t) => [primaryKey({ columns: [t.theme, t.kind, t.intervention, t.language, t.term] })],
);

export const suggestionKeywordChanges = table("suggestion_keyword_changes", {
  id: int("id").primaryKey(),
  theme: text("theme").notNull(),
  at: text("at").notNull(),
  by: text("changed_by").notNull(),
  action: text("action").notNull(),
  before: json("before"),
  after: json("after"),
});

export const suggestionDecisions = table(
  "suggestion_decisions",
  {
    id: int("id").primaryKey(),
    theme: text("theme").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    node: text("node").notNull(),
    name: text("name"),
    outcome: text("outcome").notNull(),
    intervention: text("intervention"),
    reason: text("reason"),
    at: text("at").notNull(),
    by: text("changed_by").notNull(),
  },
  (t) => [index("suggestion_decisions_theme").on(t.theme, t.fiscalYear)],
);
