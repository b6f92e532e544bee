-- Extracts of the field do not print every segment of a code: what is unknown is null.
CREATE TABLE `__new_code_combinations` (
	`id` integer NOT NULL,
	`ministry` text NOT NULL,
	`code` text NOT NULL,
	`satker` text NOT NULL,
	`program` text,
	`account` text,
	`fund` text,
	`authority` text,
	`location` text,
	`node` text,
	PRIMARY KEY(`id`, `ministry`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_code_combinations`("id", "ministry", "code", "satker", "program", "account", "fund", "authority", "location", "node") SELECT "id", "ministry", "code", "satker", "program", "account", "fund", "authority", "location", "node" FROM `code_combinations`;--> statement-breakpoint
DROP TABLE `code_combinations`;--> statement-breakpoint
ALTER TABLE `__new_code_combinations` RENAME TO `code_combinations`;--> statement-breakpoint
CREATE UNIQUE INDEX `code_combinations_code_ministry_unique` ON `code_combinations` (`code`,`ministry`);--> statement-breakpoint
-- Lines are written too fast for a foreign key to watch over each; verify looks for orphans.
CREATE TABLE `__new_ledger_lines` (
	`extract_id` integer NOT NULL,
	`row` integer NOT NULL,
	`ministry` text NOT NULL,
	`code_id` integer NOT NULL,
	`date` text NOT NULL,
	`document` text NOT NULL,
	`amount` integer NOT NULL,
	`description` text,
	PRIMARY KEY(`extract_id`, `row`, `ministry`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_ledger_lines`("extract_id", "row", "ministry", "code_id", "date", "document", "amount", "description") SELECT "extract_id", "row", "ministry", "code_id", "date", "document", "amount", "description" FROM `ledger_lines`;--> statement-breakpoint
DROP TABLE `ledger_lines`;--> statement-breakpoint
ALTER TABLE `__new_ledger_lines` RENAME TO `ledger_lines`;
