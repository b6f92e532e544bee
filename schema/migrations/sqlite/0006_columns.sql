CREATE TABLE `balance_columns` (
	`fiscal_year` integer NOT NULL,
	`name` text NOT NULL,
	`ministry` text NOT NULL,
	`chunk` integer NOT NULL,
	`keys` text,
	`data` blob NOT NULL,
	PRIMARY KEY(`fiscal_year`, `name`, `ministry`, `chunk`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `balance_totals` (
	`fiscal_year` integer NOT NULL,
	`measure` text NOT NULL,
	`month` integer NOT NULL,
	`ministry` text NOT NULL,
	`account_class` text NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`fiscal_year`, `measure`, `month`, `ministry`, `account_class`)
) STRICT, WITHOUT ROWID;--> statement-breakpoint
-- Balances of an older store have no columns; they are built by the first import that follows.
INSERT INTO `balance_columns` SELECT `fiscal_year`, 'missing', '', 0, NULL, x'' FROM `month_balances` UNION SELECT `fiscal_year`, 'missing', '', 0, NULL, x'' FROM `year_balances`;
