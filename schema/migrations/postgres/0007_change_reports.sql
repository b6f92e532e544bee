CREATE TABLE "extract_changes" (
	"extract_id" integer NOT NULL,
	"kind" text NOT NULL,
	"number" integer NOT NULL,
	"ministry" text NOT NULL,
	"state" text NOT NULL,
	"moved" integer NOT NULL,
	"before_extract" integer,
	"before_row" integer,
	"after_row" integer,
	CONSTRAINT "extract_changes_extract_id_kind_number_ministry_pk" PRIMARY KEY("extract_id","kind","number","ministry")
);
--> statement-breakpoint
CREATE TABLE "extract_moves" (
	"extract_id" integer NOT NULL,
	"number" integer NOT NULL,
	"ministry" text NOT NULL,
	"satker" text NOT NULL,
	"document" text NOT NULL,
	"date" text NOT NULL,
	"from_code" integer NOT NULL,
	"to_code" integer NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "extract_moves_extract_id_number_ministry_pk" PRIMARY KEY("extract_id","number","ministry")
);
--> statement-breakpoint
ALTER TABLE "extract_cells" ADD COLUMN "previous" integer;--> statement-breakpoint
ALTER TABLE "extract_changes" ADD CONSTRAINT "extract_changes_extract_id_extracts_id_fk" FOREIGN KEY ("extract_id") REFERENCES "public"."extracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extract_moves" ADD CONSTRAINT "extract_moves_extract_id_extracts_id_fk" FOREIGN KEY ("extract_id") REFERENCES "public"."extracts"("id") ON DELETE no action ON UPDATE no action;