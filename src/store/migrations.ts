import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../errors.ts";
import { projectRoot } from "../paths.ts";

/** One append-only migration: its tag, its statements, and the hash that proves it was not edited after the fact. */
export interface Migration {
  tag: string;
  sha256: string;
  statements: string[];
}

/** Whose migrations: of the store on an engine, or of its job queue. */
export type MigrationTrack = "sqlite" | "postgres" | "sqlite-jobs" | "postgres-jobs";

/** The migrations of a track in order, from schema/migrations. */
export function migrationsOf(track: MigrationTrack): Migration[] {
  const folder = join(projectRoot(), "schema", "migrations", track);
  const journal = JSON.parse(readFileSync(join(folder, "meta", "_journal.json"), "utf8")) as {
    entries: { tag: string }[];
  };
  return journal.entries.map(({ tag }) => {
    const text = readFileSync(join(folder, `${tag}.sql`), "utf8");
    return {
      tag,
      sha256: createHash("sha256").update(text).digest("hex"),
      statements: text.split("--> statement-breakpoint"),
    };
  });
}

/** The migrations that a store still lacks. A store that is newer than the program, or differs from it, is refused. */
export function pendingMigrations(all: Migration[], applied: { tag: string; sha256: string }[]): Migration[] {
  applied.forEach((done, index) => {
    const known = all[index];
    if (known?.tag === done.tag && known.sha256 === done.sha256) return;
    throw new AppError(
      "STORE-VERSION",
      500,
      `Basis data memuat migrasi ${done.tag} yang tidak dikenal program ini / the store holds migration ${done.tag}, which this program does not know`,
      "Gunakan versi Tandai yang sama atau lebih baru / use the same or a newer version of Tandai",
    );
  });
  return all.slice(applied.length);
}
