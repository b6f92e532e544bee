CREATE TABLE `periods_in_force` (
	`kind` text NOT NULL,
	`fiscal_year` integer NOT NULL,
	`period` text NOT NULL,
	`extract_id` integer NOT NULL,
	`cells` integer NOT NULL,
	PRIMARY KEY(`kind`, `fiscal_year`, `period`, `extract_id`),
	FOREIGN KEY (`extract_id`) REFERENCES `extracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;--> statement-breakpoint
INSERT INTO `periods_in_force` SELECT kind, fiscal_year, period, extract_id, count(*) FROM cells_in_force GROUP BY kind, fiscal_year, period, extract_id;--> statement-breakpoint
-- Columns lie differently from now on; the first import that follows builds them again.
DELETE FROM `balance_totals`;--> statement-breakpoint
DELETE FROM `balance_columns`;--> statement-breakpoint
INSERT INTO `balance_columns` SELECT fiscal_year, 'missing', '', 0, NULL, x'' FROM month_balances UNION SELECT fiscal_year, 'missing', '', 0, NULL, x'' FROM year_balances;--> statement-breakpoint
-- Balances are written too fast for foreign keys to watch over each row; verify looks for codes that are missing.
CREATE TABLE `__new_month_balances` (
	`code_id` integer NOT NULL,
	`ministry` text NOT NULL,
	`fiscal_year` integer NOT NULL,
	`measure` text NOT NULL,
	`month_01` integer,
	`month_02` integer,
	`month_03` integer,
	`month_04` integer,
	`month_05` integer,
	`month_06` integer,
	`month_07` integer,
	`month_08` integer,
	`month_09` integer,
	`month_10` integer,
	`month_11` integer,
	`month_12` integer,
	PRIMARY KEY(`code_id`, `ministry`, `fiscal_year`, `measure`)
) STRICT, WITHOUT ROWID;--> statement-breakpoint
INSERT INTO `__new_month_balances`("code_id", "ministry", "fiscal_year", "measure", "month_01", "month_02", "month_03", "month_04", "month_05", "month_06", "month_07", "month_08", "month_09", "month_10", "month_11", "month_12") SELECT "code_id", "ministry", "fiscal_year", "measure", "month_01", "month_02", "month_03", "month_04", "month_05", "month_06", "month_07", "month_08", "month_09", "month_10", "month_11", "month_12" FROM `month_balances`;--> statement-breakpoint
DROP TABLE `month_balances`;--> statement-breakpoint
ALTER TABLE `__new_month_balances` RENAME TO `month_balances`;--> statement-breakpoint
CREATE TABLE `__new_year_balances` (
	`code_id` integer NOT NULL,
	`ministry` text NOT NULL,
	`fiscal_year` integer NOT NULL,
	`original` integer,
	`revised` integer,
	`blocked` integer,
	PRIMARY KEY(`code_id`, `ministry`, `fiscal_year`)
) STRICT, WITHOUT ROWID;--> statement-breakpoint
INSERT INTO `__new_year_balances`("code_id", "ministry", "fiscal_year", "original", "revised", "blocked") SELECT "code_id", "ministry", "fiscal_year", "original", "revised", "blocked" FROM `year_balances`;--> statement-breakpoint
DROP TABLE `year_balances`;--> statement-breakpoint
ALTER TABLE `__new_year_balances` RENAME TO `year_balances`;
