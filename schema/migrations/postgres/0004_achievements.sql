CREATE TABLE "achievements" (
	"extract_id" integer NOT NULL,
	"row" integer NOT NULL,
	"ministry" text NOT NULL,
	"fiscal_year" integer NOT NULL,
	"month" text NOT NULL,
	"satker" text NOT NULL,
	"node" text NOT NULL,
	"indicator" text,
	"target" text,
	"achieved" text,
	"unit_of_measure" text,
	"district" text,
	"progress" text,
	"gap" text,
	"budget" bigint,
	"realization" bigint,
	"returns" bigint,
	"dipa_revision" integer,
	CONSTRAINT "achievements_extract_id_row_ministry_pk" PRIMARY KEY("extract_id","row","ministry")
);
--> statement-breakpoint
ALTER TABLE "outputs" ADD COLUMN "allocation" bigint;--> statement-breakpoint
ALTER TABLE "outputs" ADD COLUMN "locations" text;--> statement-breakpoint
ALTER TABLE "achievements" ADD CONSTRAINT "achievements_extract_id_extracts_id_fk" FOREIGN KEY ("extract_id") REFERENCES "public"."extracts"("id") ON DELETE no action ON UPDATE no action;