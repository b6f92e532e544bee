ALTER TABLE "ledger_lines" DROP CONSTRAINT "ledger_lines_extract_id_extracts_id_fk";
--> statement-breakpoint
ALTER TABLE "code_combinations" ALTER COLUMN "program" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "code_combinations" ALTER COLUMN "account" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "code_combinations" ALTER COLUMN "fund" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "code_combinations" ALTER COLUMN "authority" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "code_combinations" ALTER COLUMN "location" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "code_combinations" ALTER COLUMN "node" DROP NOT NULL;