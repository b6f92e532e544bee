import { and, asc, desc, eq } from "drizzle-orm";
import { AppError } from "../errors.ts";
import type { MappingDefinition, NamedMapping } from "../extracts/index.ts";
import type { Db } from "../store/index.ts";

/** A version of a mapping as it is stored. */
export interface StoredMapping extends NamedMapping {
  version: number;
  createdAt: string;
}

/** Every version of every mapping, by name, newest version first. */
export async function listMappings(db: Db): Promise<StoredMapping[]> {
  const { mappings } = db.tables;
  const rows = await db.read.select().from(mappings).orderBy(asc(mappings.name), desc(mappings.version));
  return rows.map(stored);
}

/** The newest version of every mapping. */
export async function latestMappings(db: Db): Promise<StoredMapping[]> {
  const all = await listMappings(db);
  return all.filter(({ name }, index) => all[index - 1]?.name !== name);
}

/**
 * A mapping by `NAME` (its newest version) or `NAME@VERSION`.
 *
 * @throws AppError MAPPING-UNKNOWN 404
 */
export async function findMapping(db: Db, reference: string): Promise<StoredMapping> {
  const [name = "", version, ...rest] = reference.split("@");
  const { mappings } = db.tables;
  const isNumber = version === undefined || /^[1-9]\d{0,8}$/.test(version);
  const [row] =
    rest.length > 0 || !isNumber
      ? []
      : await db.read
          .select()
          .from(mappings)
          .where(and(eq(mappings.name, name), ...(version ? [eq(mappings.version, Number(version))] : [])))
          .orderBy(desc(mappings.version))
          .limit(1);
  if (row) return stored(row);
  const known = (await latestMappings(db)).map((one) => `${one.name}@${one.version}`).join(" · ");
  throw new AppError(
    "MAPPING-UNKNOWN",
    404,
    `${reference}: pemetaan tidak ada / no such mapping`,
    known === "" ? "tandai mappings propose BERKAS" : known,
  );
}

/** Stores a definition as the next version of a name; the same definition again is the version that is there. */
export async function saveMapping(
  db: Db,
  name: string,
  definition: MappingDefinition,
  at: string,
): Promise<StoredMapping> {
  const { mappings } = db.tables;
  return db.tx(async (tx) => {
    const [newest] = await tx
      .select()
      .from(mappings)
      .where(eq(mappings.name, name))
      .orderBy(desc(mappings.version))
      .limit(1);
    if (newest && JSON.stringify(newest.definition) === JSON.stringify(definition)) return stored(newest);
    const saved = { name, version: (newest?.version ?? 0) + 1, definition, createdAt: at };
    await tx.insert(mappings).values(saved);
    return saved;
  });
}

function stored({ name, version, definition, createdAt }: Db["tables"]["mappings"]["$inferSelect"]): StoredMapping {
  // Only checked definitions are stored.
  return { name, version, definition: definition as MappingDefinition, createdAt };
}
