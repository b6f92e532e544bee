CREATE TABLE `extract_changes` (
	`extract_id` integer NOT NULL,
	`kind` text NOT NULL,
	`number` integer NOT NULL,
	`ministry` text NOT NULL,
	`state` text NOT NULL,
	`moved` integer NOT NULL,
	`before_extract` integer,
	`before_row` integer,
	`after_row` integer,
	PRIMARY KEY(`extract_id`, `kind`, `number`, `ministry`),
	FOREIGN KEY (`extract_id`) REFERENCES `extracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `extract_moves` (
	`extract_id` integer NOT NULL,
	`number` integer NOT NULL,
	`ministry` text NOT NULL,
	`satker` text NOT NULL,
	`document` text NOT NULL,
	`date` text NOT NULL,
	`from_code` integer NOT NULL,
	`to_code` integer NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`extract_id`, `number`, `ministry`),
	FOREIGN KEY (`extract_id`) REFERENCES `extracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `extract_cells` ADD `previous` integer;