-- An extract may carry budget and realization: each of its cells says which of the two it speaks for.
ALTER TABLE "extract_cells" DROP CONSTRAINT "extract_cells_extract_id_fiscal_year_period_satker_pk";--> statement-breakpoint
ALTER TABLE "extract_cells" ADD COLUMN "kind" text;--> statement-breakpoint
UPDATE "extract_cells" SET "kind" = x."kind" FROM "extracts" x WHERE x."id" = "extract_id";--> statement-breakpoint
ALTER TABLE "extract_cells" ALTER COLUMN "kind" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "extract_cells" ADD CONSTRAINT "extract_cells_extract_id_kind_fiscal_year_period_satker_pk" PRIMARY KEY("extract_id","kind","fiscal_year","period","satker");--> statement-breakpoint
-- Extracts of the field may be silent about what is blocked; some state commitments.
ALTER TABLE "budget_lines" ALTER COLUMN "blocked" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "budget_lines" ADD COLUMN "commitment" bigint;
