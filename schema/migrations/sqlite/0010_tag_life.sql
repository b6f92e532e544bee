CREATE TABLE `agreements` (
	`number` text PRIMARY KEY NOT NULL,
	`date` text NOT NULL,
	`semester` text NOT NULL,
	`parties` text NOT NULL,
	`recorded_at` text NOT NULL,
	`recorded_by` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `cross_program_codes` (
	`code` text PRIMARY KEY NOT NULL,
	`theme` text NOT NULL,
	`intervention` text NOT NULL,
	`allocated_at` text NOT NULL,
	`allocated_by` text NOT NULL,
	FOREIGN KEY (`theme`,`intervention`) REFERENCES `interventions`(`theme`,`code`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `cross_program_codes_theme_intervention_unique` ON `cross_program_codes` (`theme`,`intervention`);--> statement-breakpoint
CREATE TABLE `tag_steps` (
	`id` integer PRIMARY KEY NOT NULL,
	`tag_id` integer NOT NULL,
	`extract_id` integer,
	`at` text NOT NULL,
	`actor` text,
	`action` text NOT NULL,
	`reason` text,
	`before` text,
	`after` text,
	FOREIGN KEY (`extract_id`) REFERENCES `extracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `tag_steps_extract` ON `tag_steps` (`extract_id`);--> statement-breakpoint
CREATE INDEX `tag_steps_tag` ON `tag_steps` (`tag_id`);--> statement-breakpoint
CREATE TABLE `theme_spellings` (
	`theme` text NOT NULL,
	`kind` text NOT NULL,
	`spelling` text NOT NULL,
	`code` text NOT NULL,
	`source` text NOT NULL,
	PRIMARY KEY(`theme`, `kind`, `spelling`),
	FOREIGN KEY (`theme`) REFERENCES `themes`(`code`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- Every step in the life of a tag takes the place of the changes that files made.
INSERT INTO tag_steps (id, tag_id, extract_id, at, actor, action, reason, before, after) SELECT id, tag_id, extract_id, at, NULL, action, NULL, before, after FROM tag_history;--> statement-breakpoint
-- Reverts were not written down: they follow from the extracts.
INSERT INTO tag_steps (id, tag_id, extract_id, at, actor, action, reason, before, after) SELECT (SELECT max(id) FROM tag_history) + row_number() OVER (ORDER BY x.reverted_at, h.id DESC), h.tag_id, h.extract_id, x.reverted_at, NULL, 'reverted', NULL, h.after, h.before FROM tag_history h JOIN extracts x ON x.id = h.extract_id WHERE x.status = 'reverted';--> statement-breakpoint
DROP TABLE `tag_history`;--> statement-breakpoint
DROP INDEX `tags_theme_node_intervention_fiscal_year_from_fiscal_year_to_unique`;--> statement-breakpoint
ALTER TABLE `tags` ADD `link` text;--> statement-breakpoint
ALTER TABLE `tags` ADD `origin` text NOT NULL DEFAULT 'file';--> statement-breakpoint
ALTER TABLE `tags` ADD `replaces` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `tags_agreed` ON `tags` (`theme`,`node`,`intervention`,`fiscal_year_from`,`fiscal_year_to`) WHERE status = 'agreed';--> statement-breakpoint
CREATE UNIQUE INDEX `tags_on_their_way` ON `tags` (`theme`,`node`,`intervention`,`fiscal_year_from`,`fiscal_year_to`) WHERE status IN ('identified', 'proposed', 'in-review');