CREATE TABLE `budget_lines` (
	`extract_id` integer NOT NULL,
	`row` integer NOT NULL,
	`ministry` text NOT NULL,
	`code_id` integer NOT NULL,
	`fiscal_year` integer NOT NULL,
	`revision` integer NOT NULL,
	`revision_date` text,
	`amount` integer NOT NULL,
	`blocked` integer NOT NULL,
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
CREATE TABLE `cells_in_force` (
	`kind` text NOT NULL,
	`satker` text NOT NULL,
	`fiscal_year` integer NOT NULL,
	`period` text NOT NULL,
	`extract_id` integer NOT NULL,
	PRIMARY KEY(`kind`, `satker`, `fiscal_year`, `period`),
	FOREIGN KEY (`extract_id`) REFERENCES `extracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `code_combinations` (
	`id` integer NOT NULL,
	`ministry` text NOT NULL,
	`code` text NOT NULL,
	`satker` text NOT NULL,
	`program` text NOT NULL,
	`account` text NOT NULL,
	`fund` text NOT NULL,
	`authority` text NOT NULL,
	`location` text NOT NULL,
	`node` text NOT NULL,
	PRIMARY KEY(`id`, `ministry`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `code_combinations_code_ministry_unique` ON `code_combinations` (`code`,`ministry`);--> statement-breakpoint
CREATE TABLE `code_successors` (
	`list` text NOT NULL,
	`old_code` text NOT NULL,
	`new_code` text NOT NULL,
	`from_year` integer,
	PRIMARY KEY(`list`, `old_code`, `new_code`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `districts` (
	`kemendagri_code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`province_name` text NOT NULL,
	`bps_code` text,
	`span_code` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `extract_cells` (
	`extract_id` integer NOT NULL,
	`fiscal_year` integer NOT NULL,
	`period` text NOT NULL,
	`satker` text NOT NULL,
	PRIMARY KEY(`extract_id`, `fiscal_year`, `period`, `satker`),
	FOREIGN KEY (`extract_id`) REFERENCES `extracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `extract_rejects` (
	`extract_id` integer NOT NULL,
	`row` integer NOT NULL,
	`problems` text NOT NULL,
	`source` text NOT NULL,
	PRIMARY KEY(`extract_id`, `row`),
	FOREIGN KEY (`extract_id`) REFERENCES `extracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `extracts` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`layout` text NOT NULL,
	`file` text NOT NULL,
	`sha256` text NOT NULL,
	`options` text NOT NULL,
	`status` text NOT NULL,
	`rows_read` integer NOT NULL,
	`rows_posted` integer NOT NULL,
	`rows_rejected` integer NOT NULL,
	`rows_skipped` integer NOT NULL,
	`amount_read` integer NOT NULL,
	`amount_posted` integer NOT NULL,
	`amount_rejected` integer NOT NULL,
	`header` text NOT NULL,
	`outcome` text NOT NULL,
	`last_date` text,
	`imported_at` text NOT NULL,
	`reverted_at` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `interventions` (
	`theme` text NOT NULL,
	`code` text NOT NULL,
	`class` text NOT NULL,
	`position` integer NOT NULL,
	`name_id` text NOT NULL,
	`name_en` text NOT NULL,
	PRIMARY KEY(`theme`, `code`),
	FOREIGN KEY (`theme`) REFERENCES `themes`(`code`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `ledger_lines` (
	`extract_id` integer NOT NULL,
	`row` integer NOT NULL,
	`ministry` text NOT NULL,
	`code_id` integer NOT NULL,
	`date` text NOT NULL,
	`document` text NOT NULL,
	`amount` integer NOT NULL,
	`description` text,
	PRIMARY KEY(`extract_id`, `row`, `ministry`),
	FOREIGN KEY (`extract_id`) REFERENCES `extracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `month_balances` (
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
	PRIMARY KEY(`code_id`, `ministry`, `fiscal_year`, `measure`),
	FOREIGN KEY (`code_id`,`ministry`) REFERENCES `code_combinations`(`id`,`ministry`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `outputs` (
	`extract_id` integer NOT NULL,
	`row` integer NOT NULL,
	`fiscal_year` integer NOT NULL,
	`node` text NOT NULL,
	`program` text NOT NULL,
	`name` text NOT NULL,
	`themes` text,
	`target` text,
	`unit_of_measure` text,
	PRIMARY KEY(`fiscal_year`, `node`, `extract_id`, `row`),
	FOREIGN KEY (`extract_id`) REFERENCES `extracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `priority_districts` (
	`kemendagri_code` text PRIMARY KEY NOT NULL,
	`first_year` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `reference_entries` (
	`list` text NOT NULL,
	`code` text NOT NULL,
	`valid_from` integer NOT NULL,
	`valid_to` integer,
	`name` text NOT NULL,
	`parent` text,
	PRIMARY KEY(`list`, `code`, `valid_from`),
	FOREIGN KEY (`list`) REFERENCES `reference_lists`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `reference_lists` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`first_year` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `satkers` (
	`extract_id` integer NOT NULL,
	`row` integer NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`ministry` text NOT NULL,
	`unit` text,
	`location` text,
	`authority` text,
	`kppn` text,
	PRIMARY KEY(`code`, `extract_id`, `row`),
	FOREIGN KEY (`extract_id`) REFERENCES `extracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tag_history` (
	`id` integer PRIMARY KEY NOT NULL,
	`tag_id` integer NOT NULL,
	`extract_id` integer NOT NULL,
	`at` text NOT NULL,
	`action` text NOT NULL,
	`before` text,
	`after` text,
	FOREIGN KEY (`extract_id`) REFERENCES `extracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `tag_history_extract` ON `tag_history` (`extract_id`);--> statement-breakpoint
CREATE TABLE `tags` (
	`id` integer PRIMARY KEY NOT NULL,
	`theme` text NOT NULL,
	`node` text NOT NULL,
	`intervention` text NOT NULL,
	`fiscal_year_from` integer NOT NULL,
	`fiscal_year_to` integer NOT NULL,
	`share` integer NOT NULL,
	`status` text NOT NULL,
	`agreement` text,
	`evidence` text,
	FOREIGN KEY (`theme`,`intervention`) REFERENCES `interventions`(`theme`,`code`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `tags_theme_node_intervention_fiscal_year_from_fiscal_year_to_unique` ON `tags` (`theme`,`node`,`intervention`,`fiscal_year_from`,`fiscal_year_to`);--> statement-breakpoint
CREATE TABLE `theme_classes` (
	`theme` text NOT NULL,
	`code` text NOT NULL,
	`position` integer NOT NULL,
	`name_id` text NOT NULL,
	`name_en` text NOT NULL,
	PRIMARY KEY(`theme`, `code`),
	FOREIGN KEY (`theme`) REFERENCES `themes`(`code`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `themes` (
	`code` text PRIMARY KEY NOT NULL,
	`krisna_code` text,
	`name_id` text NOT NULL,
	`name_en` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `year_balances` (
	`code_id` integer NOT NULL,
	`ministry` text NOT NULL,
	`fiscal_year` integer NOT NULL,
	`original` integer,
	`revised` integer,
	`blocked` integer,
	PRIMARY KEY(`code_id`, `ministry`, `fiscal_year`),
	FOREIGN KEY (`code_id`,`ministry`) REFERENCES `code_combinations`(`id`,`ministry`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
