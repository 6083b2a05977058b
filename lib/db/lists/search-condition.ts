import "server-only";
import type { Prisma } from "../generated/client";
import { everyOf, type Sql, sql } from "./sql";

/**
 * A column of text in lower case, or an expression, with a GIN index of its `search_words` and, if pg_trgm is there, of
 * its trigrams.
 */
export interface Searched {
  column: Sql;
  /** The column's table, its name there, the id of the list's rows, and the column that this is, if it isn't `id`. */
  table: Sql;
  name: Sql;
  id: Sql;
  key?: Sql;
  /** The index of trigrams, which is missing in a database without the extension. */
  trigramIndex: string;
}

/** Longer input is cut: each term is another condition. */
const maximumLength = 200;
const maximumTerms = 6;

/** Trigrams need three characters, and a database with the C locale knows no other letters. */
const hasTrigram = /[a-z0-9]{3}/i;

type Client = Pick<Prisma.TransactionClient, "$queryRaw">;

/**
 * The condition for what was typed into a field for searching; null if nothing was. Every term has to be found: in the
 * middle of a word by trigrams, otherwise where words begin. Both are found by an index.
 */
export async function searchCondition(client: Client, searched: Searched, typed: string): Promise<Sql | null> {
  const text = typed.replaceAll("\0", "").normalize("NFC").slice(0, maximumLength).trim();
  if (text === "") return null;
  const terms = text.split(/\s+/).slice(0, maximumTerms);
  const byTrigrams = terms.some((term) => hasTrigram.test(term)) && (await hasIndex(client, searched.trigramIndex));
  return everyOf(
    terms.flatMap((term) =>
      byTrigrams && hasTrigram.test(term) ? [contains(searched.column, term)] : findWords(searched, term),
    ),
  );
}

function contains(column: Sql, term: string): Sql {
  return sql`${column} LIKE lower(${`%${term.replaceAll(/[\\%_]/g, "\\$&")}%`})`;
}

/**
 * A term such as `anna.s` is the beginnings of two words. What has no letter or digit is found nowhere. PostgreSQL
 * can't tell how rare the beginning of a word is, and would walk along the order of the list to find the first rows: a
 * query of its own makes it read the index of words first.
 */
function findWords({ id, table, name, key = sql`id` }: Searched, term: string): Sql[] {
  const words = term.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== "");
  if (words.length === 0) return [sql`false`];
  return words.map(
    (word) => sql`${id} IN (SELECT ${key} FROM ${table}
      WHERE search_words(${name}) @@ to_tsquery('pg_catalog.simple', ${`'${word}':*`}) OFFSET 0)`,
  );
}

// Each bundle of routes may have a module of its own.
const holder = globalThis as typeof globalThis & { latchkeyTrigramIndexes?: Map<string, boolean> };

/** Asked once in the life of a process: an index that is made later is used after the next start. */
async function hasIndex(client: Client, name: string): Promise<boolean> {
  holder.latchkeyTrigramIndexes ??= new Map();
  const known = holder.latchkeyTrigramIndexes.get(name);
  if (known !== undefined) return known;
  const [row] = await client.$queryRaw<{ exists: boolean }[]>`SELECT to_regclass(${name}) IS NOT NULL AS exists`;
  const exists = row?.exists ?? false;
  holder.latchkeyTrigramIndexes.set(name, exists);
  return exists;
}
