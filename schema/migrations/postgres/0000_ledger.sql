CREATE TABLE "budget_lines" (
	"extract_id" integer NOT NULL,
	"row" integer NOT NULL,
	"ministry" text NOT NULL,
	"code_id" integer NOT NULL,
	"fiscal_year" integer NOT NULL,
	"revision" integer NOT NULL,
	"revision_date" text,
	"amount" bigint NOT NULL,
	"blocked" bigint NOT NULL,
	"plan_01" bigint,
	"plan_02" bigint,
	"plan_03" bigint,
	"plan_04" bigint,
	"plan_05" bigint,
	"plan_06" bigint,
	"plan_07" bigint,
	"plan_08" bigint,
	"plan_09" bigint,
	"plan_10" bigint,
	"plan_11" bigint,
	"plan_12" bigint,
	CONSTRAINT "budget_lines_extract_id_row_ministry_pk" PRIMARY KEY("extract_id","row","ministry")
);
--> statement-breakpoint
CREATE TABLE "cells_in_force" (
	"kind" text NOT NULL,
	"satker" text NOT NULL,
	"fiscal_year" integer NOT NULL,
	"period" text NOT NULL,
	"extract_id" integer NOT NULL,
	CONSTRAINT "cells_in_force_kind_satker_fiscal_year_period_pk" PRIMARY KEY("kind","satker","fiscal_year","period")
);
--> statement-breakpoint
CREATE TABLE "code_combinations" (
	"id" integer NOT NULL,
	"ministry" text NOT NULL,
	"code" text NOT NULL,
	"satker" text NOT NULL,
	"program" text NOT NULL,
	"account" text NOT NULL,
	"fund" text NOT NULL,
	"authority" text NOT NULL,
	"location" text NOT NULL,
	"node" text NOT NULL,
	CONSTRAINT "code_combinations_id_ministry_pk" PRIMARY KEY("id","ministry"),
	CONSTRAINT "code_combinations_code_ministry_unique" UNIQUE("code","ministry")
);
--> statement-breakpoint
CREATE TABLE "code_successors" (
	"list" text NOT NULL,
	"old_code" text NOT NULL,
	"new_code" text NOT NULL,
	"from_year" integer,
	CONSTRAINT "code_successors_list_old_code_new_code_pk" PRIMARY KEY("list","old_code","new_code")
);
--> statement-breakpoint
CREATE TABLE "districts" (
	"kemendagri_code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"province_name" text NOT NULL,
	"bps_code" text,
	"span_code" text
);
--> statement-breakpoint
CREATE TABLE "extract_cells" (
	"extract_id" integer NOT NULL,
	"fiscal_year" integer NOT NULL,
	"period" text NOT NULL,
	"satker" text NOT NULL,
	CONSTRAINT "extract_cells_extract_id_fiscal_year_period_satker_pk" PRIMARY KEY("extract_id","fiscal_year","period","satker")
);
--> statement-breakpoint
CREATE TABLE "extract_rejects" (
	"extract_id" integer NOT NULL,
	"row" integer NOT NULL,
	"problems" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "extract_rejects_extract_id_row_pk" PRIMARY KEY("extract_id","row")
);
--> statement-breakpoint
CREATE TABLE "extracts" (
	"id" integer PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"layout" text NOT NULL,
	"file" text NOT NULL,
	"sha256" text NOT NULL,
	"options" text NOT NULL,
	"status" text NOT NULL,
	"rows_read" integer NOT NULL,
	"rows_posted" integer NOT NULL,
	"rows_rejected" integer NOT NULL,
	"rows_skipped" integer NOT NULL,
	"amount_read" bigint NOT NULL,
	"amount_posted" bigint NOT NULL,
	"amount_rejected" bigint NOT NULL,
	"header" text NOT NULL,
	"outcome" text NOT NULL,
	"last_date" text,
	"imported_at" text NOT NULL,
	"reverted_at" text
);
--> statement-breakpoint
CREATE TABLE "interventions" (
	"theme" text NOT NULL,
	"code" text NOT NULL,
	"class" text NOT NULL,
	"position" integer NOT NULL,
	"name_id" text NOT NULL,
	"name_en" text NOT NULL,
	CONSTRAINT "interventions_theme_code_pk" PRIMARY KEY("theme","code")
);
--> statement-breakpoint
CREATE TABLE "ledger_lines" (
	"extract_id" integer NOT NULL,
	"row" integer NOT NULL,
	"ministry" text NOT NULL,
	"code_id" integer NOT NULL,
	"date" text NOT NULL,
	"document" text NOT NULL,
	"amount" bigint NOT NULL,
	"description" text,
	CONSTRAINT "ledger_lines_extract_id_row_ministry_pk" PRIMARY KEY("extract_id","row","ministry")
);
--> statement-breakpoint
CREATE TABLE "month_balances" (
	"code_id" integer NOT NULL,
	"ministry" text NOT NULL,
	"fiscal_year" integer NOT NULL,
	"measure" text NOT NULL,
	"month_01" bigint,
	"month_02" bigint,
	"month_03" bigint,
	"month_04" bigint,
	"month_05" bigint,
	"month_06" bigint,
	"month_07" bigint,
	"month_08" bigint,
	"month_09" bigint,
	"month_10" bigint,
	"month_11" bigint,
	"month_12" bigint,
	CONSTRAINT "month_balances_code_id_ministry_fiscal_year_measure_pk" PRIMARY KEY("code_id","ministry","fiscal_year","measure")
);
--> statement-breakpoint
CREATE TABLE "outputs" (
	"extract_id" integer NOT NULL,
	"row" integer NOT NULL,
	"fiscal_year" integer NOT NULL,
	"node" text NOT NULL,
	"program" text NOT NULL,
	"name" text NOT NULL,
	"themes" text,
	"target" text,
	"unit_of_measure" text,
	CONSTRAINT "outputs_fiscal_year_node_extract_id_row_pk" PRIMARY KEY("fiscal_year","node","extract_id","row")
);
--> statement-breakpoint
CREATE TABLE "priority_districts" (
	"kemendagri_code" text PRIMARY KEY NOT NULL,
	"first_year" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference_entries" (
	"list" text NOT NULL,
	"code" text NOT NULL,
	"valid_from" integer NOT NULL,
	"valid_to" integer,
	"name" text NOT NULL,
	"parent" text,
	CONSTRAINT "reference_entries_list_code_valid_from_pk" PRIMARY KEY("list","code","valid_from")
);
--> statement-breakpoint
CREATE TABLE "reference_lists" (
	"id" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"first_year" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "satkers" (
	"extract_id" integer NOT NULL,
	"row" integer NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"ministry" text NOT NULL,
	"unit" text,
	"location" text,
	"authority" text,
	"kppn" text,
	CONSTRAINT "satkers_code_extract_id_row_pk" PRIMARY KEY("code","extract_id","row")
);
--> statement-breakpoint
CREATE TABLE "tag_history" (
	"id" integer PRIMARY KEY NOT NULL,
	"tag_id" integer NOT NULL,
	"extract_id" integer NOT NULL,
	"at" text NOT NULL,
	"action" text NOT NULL,
	"before" text,
	"after" text
);
--> statement-breakpoint
CREATE TABLE "tags" (
	"id" integer PRIMARY KEY NOT NULL,
	"theme" text NOT NULL,
	"node" text NOT NULL,
	"intervention" text NOT NULL,
	"fiscal_year_from" integer NOT NULL,
	"fiscal_year_to" integer NOT NULL,
	"share" integer NOT NULL,
	"status" text NOT NULL,
	"agreement" text,
	"evidence" text,
	CONSTRAINT "tags_theme_node_intervention_fiscal_year_from_fiscal_year_to_unique" UNIQUE("theme","node","intervention","fiscal_year_from","fiscal_year_to")
);
--> statement-breakpoint
CREATE TABLE "theme_classes" (
	"theme" text NOT NULL,
	"code" text NOT NULL,
	"position" integer NOT NULL,
	"name_id" text NOT NULL,
	"name_en" text NOT NULL,
	CONSTRAINT "theme_classes_theme_code_pk" PRIMARY KEY("theme","code")
);
--> statement-breakpoint
CREATE TABLE "themes" (
	"code" text PRIMARY KEY NOT NULL,
	"krisna_code" text,
	"name_id" text NOT NULL,
	"name_en" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "year_balances" (
	"code_id" integer NOT NULL,
	"ministry" text NOT NULL,
	"fiscal_year" integer NOT NULL,
	"original" bigint,
	"revised" bigint,
	"blocked" bigint,
	CONSTRAINT "year_balances_code_id_ministry_fiscal_year_pk" PRIMARY KEY("code_id","ministry","fiscal_year")
);
--> statement-breakpoint
ALTER TABLE "budget_lines" ADD CONSTRAINT "budget_lines_extract_id_extracts_id_fk" FOREIGN KEY ("extract_id") REFERENCES "public"."extracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_lines" ADD CONSTRAINT "budget_lines_code_id_ministry_code_combinations_id_ministry_fk" FOREIGN KEY ("code_id","ministry") REFERENCES "public"."code_combinations"("id","ministry") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cells_in_force" ADD CONSTRAINT "cells_in_force_extract_id_extracts_id_fk" FOREIGN KEY ("extract_id") REFERENCES "public"."extracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extract_cells" ADD CONSTRAINT "extract_cells_extract_id_extracts_id_fk" FOREIGN KEY ("extract_id") REFERENCES "public"."extracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extract_rejects" ADD CONSTRAINT "extract_rejects_extract_id_extracts_id_fk" FOREIGN KEY ("extract_id") REFERENCES "public"."extracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interventions" ADD CONSTRAINT "interventions_theme_themes_code_fk" FOREIGN KEY ("theme") REFERENCES "public"."themes"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_lines" ADD CONSTRAINT "ledger_lines_extract_id_extracts_id_fk" FOREIGN KEY ("extract_id") REFERENCES "public"."extracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "month_balances" ADD CONSTRAINT "month_balances_code_id_ministry_code_combinations_id_ministry_fk" FOREIGN KEY ("code_id","ministry") REFERENCES "public"."code_combinations"("id","ministry") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outputs" ADD CONSTRAINT "outputs_extract_id_extracts_id_fk" FOREIGN KEY ("extract_id") REFERENCES "public"."extracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_entries" ADD CONSTRAINT "reference_entries_list_reference_lists_id_fk" FOREIGN KEY ("list") REFERENCES "public"."reference_lists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "satkers" ADD CONSTRAINT "satkers_extract_id_extracts_id_fk" FOREIGN KEY ("extract_id") REFERENCES "public"."extracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag_history" ADD CONSTRAINT "tag_history_extract_id_extracts_id_fk" FOREIGN KEY ("extract_id") REFERENCES "public"."extracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tags" ADD CONSTRAINT "tags_theme_intervention_interventions_theme_code_fk" FOREIGN KEY ("theme","intervention") REFERENCES "public"."interventions"("theme","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "theme_classes" ADD CONSTRAINT "theme_classes_theme_themes_code_fk" FOREIGN KEY ("theme") REFERENCES "public"."themes"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "year_balances" ADD CONSTRAINT "year_balances_code_id_ministry_code_combinations_id_ministry_fk" FOREIGN KEY ("code_id","ministry") REFERENCES "public"."code_combinations"("id","ministry") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tag_history_extract" ON "tag_history" USING btree ("extract_id");