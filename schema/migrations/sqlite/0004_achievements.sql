CREATE TABLE `achievements` (
	`extract_id` integer NOT NULL,
	`row` integer NOT NULL,
	`ministry` text NOT NULL,
	`fiscal_year` integer NOT NULL,
	`month` text NOT NULL,
	`satker` text NOT NULL,
	`node` text NOT NULL,
	`indicator` text,
	`target` text,
	`achieved` text,
	`unit_of_measure` text,
	`district` text,
	`progress` text,
	`gap` text,
	`budget` integer,
	`realization` integer,
	`returns` integer,
	`dipa_revision` integer,
	PRIMARY KEY(`extract_id`, `row`, `ministry`),
	FOREIGN KEY (`extract_id`) REFERENCES `extracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `outputs` ADD `allocation` integer;--> statement-breakpoint
ALTER TABLE `outputs` ADD `locations` text;