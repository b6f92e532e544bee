CREATE TABLE "mappings" (
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"definition" text NOT NULL,
	"created_at" text NOT NULL,
	CONSTRAINT "mappings_name_version_pk" PRIMARY KEY("name","version")
);
