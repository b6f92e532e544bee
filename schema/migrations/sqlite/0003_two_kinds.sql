-- An extract may carry budget and realization: each of its cells says which of the two it speaks for.
CREATE TABLE `__new_extract_cells` (
	`extract_id` integer NOT NULL,
	`kind` text NOT NULL,
	`fiscal_year` integer NOT NULL,
	`period` text NOT NULL,
	`satker` text NOT NULL,
	PRIMARY KEY(`extract_id`, `kind`, `fiscal_year`, `period`, `satker`),
	FOREIGN KEY (`extract_id`) REFERENCES `extracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_extract_cells`("extract_id", "kind", "fiscal_year", "period", "satker") SELECT c."extract_id", x."kind", c."fiscal_year", c."period", c."satker" FROM `extract_cells` c JOIN `extracts` x ON x."id" = c."extract_id";--> statement-breakpoint
DROP TABLE `extract_cells`;--> statement-breakpoint
ALTER TABLE `__new_extract_cells` RENAME TO `extract_cells`;--> statement-breakpoint
-- Extracts of the field may be silent about what is blocked; some state commitments.
CREATE TABLE `__new_budget_lines` (
	`extract_id` integer NOT NULL,
	`row` integer NOT NULL,
	`ministry` text NOT NULL,
	`code_id` integer NOT NULL,
	`fiscal_year` integer NOT NULL,
	`revision` integer NOT NULL,
	`revision_date` text,
	`amount` integer NOT NULL,
	`blocked` integer,
	`commitment` integer,
	`plan_01` integer,
	`plan_02` integer,
	`plan_03` integer,
	`plan_04` integer,
	`plan_05` integer,
	`plan_06` integer,
	`plan_07` integer,
	`plan_08` integer,
	`plan_09` integer,
	`plan_10` integer,
	`plan_11` integer,
	`plan_12` integer,
	PRIMARY KEY(`extract_id`, `row`, `ministry`),
	FOREIGN KEY (`extract_id`) REFERENCES `extracts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`code_id`,`ministry`) REFERENCES `code_combinations`(`id`,`ministry`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_budget_lines`("extract_id", "row", "ministry", "code_id", "fiscal_year", "revision", "revision_date", "amount", "blocked", "commitment", "plan_01", "plan_02", "plan_03", "plan_04", "plan_05", "plan_06", "plan_07", "plan_08", "plan_09", "plan_10", "plan_11", "plan_12") SELECT "extract_id", "row", "ministry", "code_id", "fiscal_year", "revision", "revision_date", "amount", "blocked", NULL, "plan_01", "plan_02", "plan_03", "plan_04", "plan_05", "plan_06", "plan_07", "plan_08", "plan_09", "plan_10", "plan_11", "plan_12" FROM `budget_lines`;--> statement-breakpoint
DROP TABLE `budget_lines`;--> statement-breakpoint
ALTER TABLE `__new_budget_lines` RENAME TO `budget_lines`;