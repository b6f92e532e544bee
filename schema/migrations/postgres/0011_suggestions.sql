CREATE TABLE "suggestion_decisions" (
	"id" integer PRIMARY KEY NOT NULL,
	"theme" text NOT NULL,
	"fiscal_year" integer NOT NULL,
	"node" text NOT NULL,
	"name" text,
	"outcome" text NOT NULL,
	"intervention" text,
	"reason" text,
	"at" text NOT NULL,
	"changed_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "suggestion_keyword_changes" (
	"id" integer PRIMARY KEY NOT NULL,
	"theme" text NOT NULL,
	"at" text NOT NULL,
	"changed_by" text NOT NULL,
	"action" text NOT NULL,
	"before" text,
	"after" text
);
--> statement-breakpoint
CREATE TABLE "suggestion_keywords" (
	"theme" text NOT NULL,
	"kind" text NOT NULL,
	"intervention" text NOT NULL,
	"language" text NOT NULL,
	"term" text NOT NULL,
	"weight" integer NOT NULL,
	"ministries" text,
	"note" text,
	"origin" text NOT NULL,
	"active" integer NOT NULL,
	CONSTRAINT "suggestion_keywords_theme_kind_intervention_language_term_pk" PRIMARY KEY("theme","kind","intervention","language","term")
);
--> statement-breakpoint
CREATE INDEX "suggestion_decisions_theme" ON "suggestion_decisions" USING btree ("theme","fiscal_year");