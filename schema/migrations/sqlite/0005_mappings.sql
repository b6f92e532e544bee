CREATE TABLE `mappings` (
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`definition` text NOT NULL,
	`created_at` text NOT NULL,
	PRIMARY KEY(`name`, `version`)
) STRICT, WITHOUT ROWID;
