CREATE TABLE "periods_in_force" (
	"kind" text NOT NULL,
	"fiscal_year" integer NOT NULL,
	"period" text NOT NULL,
	"extract_id" integer NOT NULL,
	"cells" integer NOT NULL,
	CONSTRAINT "periods_in_force_kind_fiscal_year_period_extract_id_pk" PRIMARY KEY("kind","fiscal_year","period","extract_id")
);
--> statement-breakpoint
ALTER TABLE "periods_in_force" ADD CONSTRAINT "periods_in_force_extract_id_extracts_id_fk" FOREIGN KEY ("extract_id") REFERENCES "public"."extracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
INSERT INTO "periods_in_force" SELECT kind, fiscal_year, period, extract_id, count(*) FROM cells_in_force GROUP BY kind, fiscal_year, period, extract_id;--> statement-breakpoint
-- Columns lie differently from now on; the first import that follows builds them again.
DELETE FROM "balance_totals";--> statement-breakpoint
DELETE FROM "balance_columns";--> statement-breakpoint
INSERT INTO "balance_columns" SELECT fiscal_year, 'missing', '', 0, NULL, ''::bytea FROM month_balances UNION SELECT fiscal_year, 'missing', '', 0, NULL, ''::bytea FROM year_balances;--> statement-breakpoint
-- Balances are written too fast for foreign keys to watch over each row; verify looks for codes that are missing.
ALTER TABLE "month_balances" DROP CONSTRAINT "month_balances_code_id_ministry_code_combinations_id_ministry_fk";--> statement-breakpoint
ALTER TABLE "year_balances" DROP CONSTRAINT "year_balances_code_id_ministry_code_combinations_id_ministry_fk";
