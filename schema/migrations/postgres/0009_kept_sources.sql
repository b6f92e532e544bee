CREATE TABLE "source_parts" (
	"sha256" text NOT NULL,
	"part" integer NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "source_parts_sha256_part_pk" PRIMARY KEY("sha256","part")
);
