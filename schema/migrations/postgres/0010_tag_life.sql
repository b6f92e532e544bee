CREATE TABLE "agreements" (
	"number" text PRIMARY KEY NOT NULL,
	"date" text NOT NULL,
	"semester" text NOT NULL,
	"parties" text NOT NULL,
	"recorded_at" text NOT NULL,
	"recorded_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cross_program_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"theme" text NOT NULL,
	"intervention" text NOT NULL,
	"allocated_at" text NOT NULL,
	"allocated_by" text NOT NULL,
	CONSTRAINT "cross_program_codes_theme_intervention_unique" UNIQUE("theme","intervention")
);
--> statement-breakpoint
CREATE TABLE "tag_steps" (
	"id" integer PRIMARY KEY NOT NULL,
	"tag_id" integer NOT NULL,
	"extract_id" integer,
	"at" text NOT NULL,
	"actor" text,
	"action" text NOT NULL,
	"reason" text,
	"before" text,
	"after" text
);
--> statement-breakpoint
CREATE TABLE "theme_spellings" (
	"theme" text NOT NULL,
	"kind" text NOT NULL,
	"spelling" text NOT NULL,
	"code" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "theme_spellings_theme_kind_spelling_pk" PRIMARY KEY("theme","kind","spelling")
);
--> statement-breakpoint
-- Every step in the life of a tag takes the place of the changes that files made.
INSERT INTO tag_steps (id, tag_id, extract_id, at, actor, action, reason, before, after) SELECT id, tag_id, extract_id, at, NULL, action, NULL, before, after FROM tag_history;--> statement-breakpoint
-- Reverts were not written down: they follow from the extracts.
INSERT INTO tag_steps (id, tag_id, extract_id, at, actor, action, reason, before, after) SELECT (SELECT max(id) FROM tag_history) + row_number() OVER (ORDER BY x.reverted_at, h.id DESC), h.tag_id, h.extract_id, x.reverted_at, NULL, 'reverted', NULL, h.after, h.before FROM tag_history h JOIN extracts x ON x.id = h.extract_id WHERE x.status = 'reverted';--> statement-breakpoint
DROP TABLE "tag_history";--> statement-breakpoint
ALTER TABLE "tags" DROP CONSTRAINT "tags_theme_node_intervention_fiscal_year_from_fiscal_year_to_unique";--> statement-breakpoint
ALTER TABLE "tags" ADD COLUMN "link" text;--> statement-breakpoint
ALTER TABLE "tags" ADD COLUMN "origin" text NOT NULL DEFAULT 'file';--> statement-breakpoint
ALTER TABLE "tags" ALTER COLUMN "origin" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "tags" ADD COLUMN "replaces" integer;--> statement-breakpoint
ALTER TABLE "cross_program_codes" ADD CONSTRAINT "cross_program_codes_theme_intervention_interventions_theme_code_fk" FOREIGN KEY ("theme","intervention") REFERENCES "public"."interventions"("theme","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag_steps" ADD CONSTRAINT "tag_steps_extract_id_extracts_id_fk" FOREIGN KEY ("extract_id") REFERENCES "public"."extracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "theme_spellings" ADD CONSTRAINT "theme_spellings_theme_themes_code_fk" FOREIGN KEY ("theme") REFERENCES "public"."themes"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tag_steps_extract" ON "tag_steps" USING btree ("extract_id");--> statement-breakpoint
CREATE INDEX "tag_steps_tag" ON "tag_steps" USING btree ("tag_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tags_agreed" ON "tags" USING btree ("theme","node","intervention","fiscal_year_from","fiscal_year_to") WHERE status = 'agreed';--> statement-breakpoint
CREATE UNIQUE INDEX "tags_on_their_way" ON "tags" USING btree ("theme","node","intervention","fiscal_year_from","fiscal_year_to") WHERE status IN ('identified', 'proposed', 'in-review');