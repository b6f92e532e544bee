import { sql } from "drizzle-orm";
import {
  foreignKey,
  index,
  primaryKey,
  sqliteTable as table,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { bytes, int, int64, json } from "./columns.sqlite.ts";

/**
 * The tables, SQLite twin. `postgres.ts` defines the same tables; src/store refuses to compile when they differ.
 * The ministry is part of every key of the ledger, so that it can be the distribution column of a sharded store.
 */

/** A code list (ministries, accounts …) with the authority that owns it and the first fiscal year it speaks for. */
export const referenceLists = table("reference_lists", {
  id: text("id").primaryKey(),
  owner: text("owner").notNull(),
  firstYear: int("first_year").notNull(),
});

/** One code of a list, valid in the fiscal years from–to; `to` null means still valid. */
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
    /** What the code belongs to: ministry of a unit, program of an activity, province of a district. */
    parent: text("parent"),
  },
  (t) => [primaryKey({ columns: [t.list, t.code, t.validFrom] })],
);

/** The 514 districts with the code systems of home affairs, statistics and treasury. */
export const districts = table("districts", {
  kemendagriCode: text("kemendagri_code").primaryKey(),
  name: text("name").notNull(),
  provinceName: text("province_name").notNull(),
  bpsCode: text("bps_code"),
  spanCode: text("span_code"),
});

/** Districts with priority and the fiscal year from which they have it (their cohort). */
export const priorityDistricts = table("priority_districts", {
  kemendagriCode: text("kemendagri_code").primaryKey(),
  firstYear: int("first_year").notNull(),
});

/** A superseded code and what took its place (province splits, ministry reorganisations). */
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

/** How tables that no layout knows are read. Versions never change: an extract names the one that read it. */
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

/** One file read into the ledger, or refused. `superseded` is not a status: it follows from the cells in force. */
export const extracts = table("extracts", {
  id: int("id").primaryKey(),
  kind: text("kind").notNull(),
  layout: text("layout").notNull(),
  file: text("file").notNull(),
  sha256: text("sha256").notNull(),
  /** The options that shape what is read (year, scope, agreement): with the hash they identify an extract. */
  options: json("options").notNull(),
  status: text("status").notNull(),
  rowsRead: int("rows_read").notNull(),
  rowsPosted: int("rows_posted").notNull(),
  rowsRejected: int("rows_rejected").notNull(),
  rowsSkipped: int("rows_skipped").notNull(),
  amountRead: int64("amount_read").notNull(),
  amountPosted: int64("amount_posted").notNull(),
  amountRejected: int64("amount_rejected").notNull(),
  /** Header of the file, so that rejects can be printed as they came. */
  header: json("header").notNull(),
  /** Scope, changes, control totals and warnings as the import reported them. */
  outcome: json("outcome").notNull(),
  /** Date of the newest payment line. */
  lastDate: text("last_date"),
  importedAt: text("imported_at").notNull(),
  revertedAt: text("reverted_at"),
});

/** A source row that was not posted: its cells as they came and every rule it broke. */
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

/**
 * A file with rejected rows as it came, packed with gzip, in parts. When its rejects come back corrected, it is read again
 * with the corrected rows in their places.
 */
export const sourceParts = table(
  "source_parts",
  {
    sha256: text("sha256").notNull(),
    part: int("part").notNull(),
    data: bytes("data").notNull(),
  },
  (t) => [primaryKey({ columns: [t.sha256, t.part] })],
);

/**
 * The cells an extract speaks for; one that carries budget and realization speaks for cells of both kinds. `period` is a month
 * `YYYY-MM` (realization) or a revision `0003` (budget).
 */
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
    /** The extract that was in force for the cell when this one was posted; null where nothing was. */
    previous: int("previous"),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.kind, t.fiscalYear, t.period, t.satker] })],
);

/**
 * A line that an extract says differently from what was in force before it: where the old and the new line stand. Lines
 * that stayed the same and lines of cells for which nothing was in force are not written down; they follow from the cells.
 */
export const extractChanges = table(
  "extract_changes",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    /** `realization` or `budget`. */
    kind: text("kind").notNull(),
    number: int("number").notNull(),
    ministry: text("ministry").notNull(),
    /** `created`, `updated` or `removed`. */
    state: text("state").notNull(),
    /** 1 for a line of a corrected document, whose net value stayed the same. */
    moved: int("moved").notNull(),
    beforeExtract: int("before_extract"),
    beforeRow: int("before_row"),
    afterRow: int("after_row"),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.kind, t.number, t.ministry] })],
);

/** Rupiah of a paid document that an extract books under another code than before. */
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

/** Which extract is in force for each cell: the newest posted one that covers it. */
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

/** How many cells each extract is in force for, by period: what stands behind a window without reading its cells. */
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

/**
 * A distinct printed code of 12 or 16 segments, parsed and stored once. Its segments are the columns of the view
 * `code_combinations`, which cuts them out of the code: stored beside it they would double what a new code costs. An extract
 * that does not print every segment gives a code with `?` for what is unknown: such segments are null in the view, an
 * unknown ministry is `???`.
 */
export const storedCodes = table(
  "stored_codes",
  {
    id: int("id").notNull(),
    ministry: text("ministry").notNull(),
    code: text("code").notNull(),
    /** Satker, the end of the account and the item as one number: a small index that finds a code. */
    locator: int64("locator").notNull(),
    /** 1 unless a segment is unknown. */
    complete: int("complete").notNull(),
  },
  (t) => [primaryKey({ columns: [t.id, t.ministry] }), index("stored_codes_locator").on(t.locator)],
);

/**
 * Realization: one payment line of an extract. That its extract and its code exist are no foreign keys, which would cost a
 * fifth of a bulk import: both are written in the same transaction and never deleted, and `verify` looks for orphans.
 */
export const ledgerLines = table(
  "ledger_lines",
  {
    extractId: int("extract_id").notNull(),
    /** Row of the file; from 2000000000 on for a line that follows from a statement to date and from what was in force. */
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

/** Budget: one DIPA line of a revision, with the monthly withdrawal plan where the extract has one. */
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
    /** Null where the extract does not state it. */
    blocked: int64("blocked"),
    /** Contracts outstanding (pencadangan); null where the extract does not state them. */
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

/**
 * What is in force per code combination, fiscal year and measure, the twelve months side by side.
 * Measures: `realization`; `budget` (plan, or twelfths where a line has no complete plan); `twelfths` (the part of
 * `budget` that was spread). A month is null where nothing speaks about it.
 */
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

/** Annual budget in force per code combination: revision 0, and the highest revision with its blocked part. */
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

/**
 * Second-level balances: the balances of a fiscal year once more, column by column, in chunks of codes of one ministry,
 * so that a reconciliation reads the few columns it needs and nothing else. `name` is `codes`, a part of the code or an
 * amount; the layout of `keys` and `data` is stated in src/ledger/columns/layout.ts.
 */
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

/**
 * Balances added up by ministry and class of account (first digit, `?` unknown), kept by sums of their own: what a
 * reconciliation is held against. `month` is 0 for the annual measures.
 */
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

/** A row of a satker list; the newest posted extract that names a satker describes it. */
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

/** A row of an output list (KRISNA Renja or the plain layout); the newest posted extract describes an output. */
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
    /** Rupiah planned for the output; null where the list states none. */
    allocation: int64("allocation"),
    /** Where it is carried out, as printed. */
    locations: text("locations"),
  },
  (t) => [primaryKey({ columns: [t.fiscalYear, t.node, t.extractId, t.row] })],
);

/**
 * What a satker achieved of an output up to a month: a row of a list of achievements. Volumes and percentages are exact
 * decimal texts. The rupiah are what the list itself states; they are no ledger lines.
 */
export const achievements = table(
  "achievements",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    row: int("row").notNull(),
    /** `???` when nothing says it. */
    ministry: text("ministry").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    /** `YYYY-MM`. */
    month: text("month").notNull(),
    satker: text("satker").notNull(),
    /** `activity[.output[.ro[.component]]]` with dots. */
    node: text("node").notNull(),
    /** Null when the volume of the output itself is meant. */
    indicator: text("indicator"),
    target: text("target"),
    achieved: text("achieved"),
    unitOfMeasure: text("unit_of_measure"),
    /** Location segment, 4 characters. */
    district: text("district"),
    /** Percent. */
    progress: text("progress"),
    /** Percent. */
    gap: text("gap"),
    budget: int64("budget"),
    realization: int64("realization"),
    returns: int64("returns"),
    /** Revision of the DIPA that the figures are about. */
    dipaRevision: int("dipa_revision"),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.row, t.ministry] })],
);

/** What is tracked across programs; `krisnaCode` is its code inside the `kdtema` field. */
export const themes = table("themes", {
  code: text("code").primaryKey(),
  krisnaCode: text("krisna_code"),
  nameId: text("name_id").notNull(),
  nameEn: text("name_en").notNull(),
});

/** Classes of a theme, in the order reports print them. */
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

/**
 * How a source writes the codes of a theme: `A` for a class in one system, `I3` in another, `008` for the theme itself.
 * `kind` is `theme`, `class` or `intervention`; `code` is ours.
 */
export const themeSpellings = table(
  "theme_spellings",
  {
    theme: text("theme")
      .notNull()
      .references(() => themes.code),
    kind: text("kind").notNull(),
    /** Lower case. */
    spelling: text("spelling").notNull(),
    code: text("code").notNull(),
    source: text("source").notNull(),
  },
  (t) => [primaryKey({ columns: [t.theme, t.kind, t.spelling] })],
);

/** A numbered agreement of Bappenas, the Ministry of Finance and a ministry about tags. It never changes. */
export const agreements = table("agreements", {
  number: text("number").primaryKey(),
  /** `YYYY-MM-DD`. */
  date: text("date").notNull(),
  /** `YYYY-1` or `YYYY-2`. */
  semester: text("semester").notNull(),
  /** Names of who agreed. */
  parties: json("parties").notNull(),
  recordedAt: text("recorded_at").notNull(),
  recordedBy: text("recorded_by").notNull(),
});

/**
 * A tag: part of a node of the budget tree serves an intervention in the fiscal years from–to. Of one node, intervention
 * and range there is at most one agreed tag and one on its way; retired and rejected ones stay.
 */
export const tags = table(
  "tags",
  {
    id: int("id").primaryKey(),
    theme: text("theme").notNull(),
    /** `activity[.output[.ro[.component]]]` with dots. */
    node: text("node").notNull(),
    intervention: text("intervention").notNull(),
    fiscalYearFrom: int("fiscal_year_from").notNull(),
    fiscalYearTo: int("fiscal_year_to").notNull(),
    /** Basis points of the node that serve the intervention. */
    share: int("share").notNull(),
    /** `identified`, `proposed`, `in-review`, `agreed`, `retired` or `rejected`. */
    status: text("status").notNull(),
    agreement: text("agreement"),
    evidence: text("evidence"),
    /** Address of the evidence. */
    link: text("link"),
    /** `krisna`, `keyword`, `hand`, `file`, `copied` or `ledger`. */
    origin: text("origin").notNull(),
    /** The agreed tag that retires when this one is agreed. */
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

/** Append-only: every step in the life of a tag with who, when, why, before and after. */
export const tagSteps = table(
  "tag_steps",
  {
    id: int("id").primaryKey(),
    tagId: int("tag_id").notNull(),
    /** The file that made the step; null for a step taken one by one. */
    extractId: int("extract_id").references(() => extracts.id),
    at: text("at").notNull(),
    /** Who took the step; null for a file that was imported without a name. */
    actor: text("actor"),
    action: text("action").notNull(),
    reason: text("reason"),
    before: json("before"),
    after: json("after"),
  },
  (t) => [index("tag_steps_extract").on(t.extractId), index("tag_steps_tag").on(t.tagId)],
);

/** The code of six characters that stands for an intervention in the reserve segment of ledger lines. Never given twice. */
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

/**
 * Keywords, exclusions and leading ministries by which outputs of a theme are suggested. A removed row stays, so that
 * loading the seeds again does not bring it back.
 */
export const suggestionKeywords = table(
  "suggestion_keywords",
  {
    theme: text("theme").notNull(),
    /** `keyword`, `theme`, `exclusion` or `ministry`. */
    kind: text("kind").notNull(),
    /** Empty: of the whole theme. */
    intervention: text("intervention").notNull(),
    language: text("language").notNull(),
    term: text("term").notNull(),
    /** Percent. */
    weight: int("weight").notNull(),
    /** Ministries separated by spaces, `!` before one in which it does not count; null: everywhere. */
    ministries: text("ministries"),
    note: text("note"),
    /** `seed`, or `planner` once somebody changed it. */
    origin: text("origin").notNull(),
    /** 0 once it is removed. */
    active: int("active").notNull(),
  },
  (t) => [primaryKey({ columns: [t.theme, t.kind, t.intervention, t.language, t.term] })],
);

/** Append-only: who changed which keyword, before and after. */
export const suggestionKeywordChanges = table("suggestion_keyword_changes", {
  id: int("id").primaryKey(),
  theme: text("theme").notNull(),
  at: text("at").notNull(),
  by: text("changed_by").notNull(),
  /** `added`, `updated` or `removed`. */
  action: text("action").notNull(),
  before: json("before"),
  after: json("after"),
});

/** Append-only: what was decided about suggestions; the newest decision about an output counts. */
export const suggestionDecisions = table(
  "suggestion_decisions",
  {
    id: int("id").primaryKey(),
    theme: text("theme").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    node: text("node").notNull(),
    /** As the list of the year called it. */
    name: text("name"),
    /** `accepted` or `rejected`. */
    outcome: text("outcome").notNull(),
    intervention: text("intervention"),
    reason: text("reason"),
    at: text("at").notNull(),
    by: text("changed_by").notNull(),
  },
  (t) => [index("suggestion_decisions_theme").on(t.theme, t.fiscalYear)],
);
