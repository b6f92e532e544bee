CREATE TABLE `source_parts` (
	`sha256` text NOT NULL,
	`part` integer NOT NULL,
	`data` blob NOT NULL,
	PRIMARY KEY(`sha256`, `part`)
) STRICT, WITHOUT ROWID;
