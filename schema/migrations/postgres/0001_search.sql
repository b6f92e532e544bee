-- Names of codes and outputs as people search them; filled by the module that owns the list, in the same transaction.
CREATE TABLE "reference_search" ("list" text NOT NULL, "code" text NOT NULL, "name" text NOT NULL);
--> statement-breakpoint
CREATE INDEX "reference_search_words" ON "reference_search" USING gin (to_tsvector('simple', "code" || ' ' || "name"));
