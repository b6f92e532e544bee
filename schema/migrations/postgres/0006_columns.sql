CREATE TABLE "balance_columns" (
	"fiscal_year" integer NOT NULL,
	"name" text NOT NULL,
	"ministry" text NOT NULL,
	"chunk" integer NOT NULL,
	"keys" text,
	"data" "bytea" NOT NULL,
	CONSTRAINT "balance_columns_fiscal_year_name_ministry_chunk_pk" PRIMARY KEY("fiscal_year","name","ministry","chunk")
);
--> statement-breakpoint
CREATE TABLE "balance_totals" (
	"fiscal_year" integer NOT NULL,
	"measure" text NOT NULL,
	"month" integer NOT NULL,
	"ministry" text NOT NULL,
	"account_class" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "balance_totals_fiscal_year_measure_month_ministry_account_class_pk" PRIMARY KEY("fiscal_year","measure","month","ministry","account_class")
);--> statement-breakpoint
-- Packed columns do not get smaller; to try would cost every import.
ALTER TABLE "balance_columns" ALTER COLUMN "data" SET STORAGE EXTERNAL;--> statement-breakpoint
-- Balances of an older store have no columns; they are built by the first import that follows.
INSERT INTO "balance_columns" SELECT "fiscal_year", 'missing', '', 0, NULL, ''::bytea FROM "month_balances" UNION SELECT "fiscal_year", 'missing', '', 0, NULL, ''::bytea FROM "year_balances";
