-- The segments of a code follow from where they stand in it: a view cuts them out, instead of columns that repeat them.
ALTER TABLE "code_combinations" DROP CONSTRAINT "code_combinations_code_ministry_unique";--> statement-breakpoint
ALTER TABLE "code_combinations" RENAME TO "stored_codes";--> statement-breakpoint
ALTER TABLE "stored_codes" DROP COLUMN "satker";--> statement-breakpoint
ALTER TABLE "stored_codes" DROP COLUMN "program";--> statement-breakpoint
ALTER TABLE "stored_codes" DROP COLUMN "account";--> statement-breakpoint
ALTER TABLE "stored_codes" DROP COLUMN "fund";--> statement-breakpoint
ALTER TABLE "stored_codes" DROP COLUMN "authority";--> statement-breakpoint
ALTER TABLE "stored_codes" DROP COLUMN "location";--> statement-breakpoint
ALTER TABLE "stored_codes" DROP COLUMN "node";--> statement-breakpoint
ALTER TABLE "stored_codes" ADD COLUMN "locator" bigint NOT NULL DEFAULT 0;--> statement-breakpoint
ALTER TABLE "stored_codes" ADD COLUMN "complete" integer NOT NULL DEFAULT 1;--> statement-breakpoint
UPDATE "stored_codes" SET "locator" = CAST(replace(substr(code, 1, 6) || substr(code, 15, 3) || CASE WHEN substr(code, 86, 6) = '' THEN '000000' ELSE substr(code, 86, 6) END, '?', '0') AS bigint), "complete" = CASE WHEN code LIKE '%?%' THEN 0 ELSE 1 END;--> statement-breakpoint
CREATE INDEX "stored_codes_locator" ON "stored_codes" USING btree ("locator");--> statement-breakpoint
CREATE VIEW code_combinations AS
SELECT id, ministry, code,
	substr(code, 1, 6) AS satker,
	CASE WHEN complete = 1 OR substr(code, 19, 7) NOT LIKE '%?%' THEN substr(code, 19, 7) END AS program,
	CASE WHEN complete = 1 OR substr(code, 12, 6) NOT LIKE '%?%' THEN substr(code, 12, 6) END AS account,
	CASE WHEN complete = 1 OR substr(code, 35, 1) <> '?' THEN substr(code, 35, 10) END AS fund,
	CASE WHEN complete = 1 OR substr(code, 52, 1) NOT LIKE '%?%' THEN substr(code, 52, 1) END AS authority,
	CASE WHEN complete = 1 OR substr(code, 54, 4) NOT LIKE '%?%' THEN substr(code, 54, 4) END AS location,
	CASE
		WHEN complete = 1 THEN substr(code, 27, 4) || '.' || substr(code, 31, 3) || substr(code, 74, 8)
		WHEN substr(code, 27, 4) LIKE '%?%' THEN NULL
		WHEN substr(code, 31, 3) LIKE '%?%' THEN substr(code, 27, 4)
		WHEN substr(code, 75, 3) = '' OR substr(code, 75, 3) LIKE '%?%' THEN substr(code, 27, 4) || '.' || substr(code, 31, 3)
		WHEN substr(code, 79, 3) LIKE '%?%' THEN substr(code, 27, 4) || '.' || substr(code, 31, 3) || substr(code, 74, 4)
		ELSE substr(code, 27, 4) || '.' || substr(code, 31, 3) || substr(code, 74, 8)
	END AS node
FROM stored_codes;--> statement-breakpoint
-- Planners know nothing of an expression unless they are told to look at it.
CREATE STATISTICS "stored_codes_satker" ON (substr(code, 1, 6)) FROM "stored_codes";
