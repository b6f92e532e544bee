CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`position` integer NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`name` text NOT NULL,
	`folder` text NOT NULL,
	`input` text NOT NULL,
	`progress` text,
	`result` text,
	`problem` text,
	`attempts` integer NOT NULL,
	`owner` text,
	`beat` integer NOT NULL,
	`created_at` text NOT NULL,
	`started_at` text,
	`finished_at` text,
	`cancelled_at` text,
	`program` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_position_unique` ON `jobs` (`position`);