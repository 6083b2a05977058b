import type { ArgType, SqlQuery } from "@prisma/driver-adapter-utils";

/**
 * Instants as text on their way to and from PostgreSQL. Both directions carry the offset from UTC, so that no time zone
 * matters (of the machine, the cluster, the database, the role, the session or a pooler's connection; docs/adr/0027).
 */

/** PostgreSQL's own form of `timestamptz` under `DateStyle = ISO`, in any zone; offsets may have seconds. */
const isoInstant =
  /^(\d{4,})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?( BC)?$/;

/** The ends of what a Date can hold. */
const lastInstant = 8.64e15;

/** Thrown for text that isn't in ISO form: guessing at a name like CST could give a wrong instant. */
export class NotAnInstantError extends Error {
  override name = "NotAnInstantError";
}

export function parseInstant(text: string): Date {
  if (text === "infinity") return new Date(lastInstant);
  if (text === "-infinity") return new Date(-lastInstant);
  const [, year, month, day, hours, minutes, seconds, fraction = "", sign, ...rest] = isoInstant.exec(text) ?? [];
  if (year === undefined) throw new NotAnInstantError(`PostgreSQL sent a time that is not in ISO form: ${text}`);
  const [offsetHours, offsetMinutes = 0, offsetSeconds = 0, era] = rest;
  const offset = (Number(offsetHours) * 3600 + Number(offsetMinutes) * 60 + Number(offsetSeconds)) * 1000;
  const at = new Date(0);
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  at.setUTCFullYear(era ? 1 - Number(year) : Number(year), Number(month) - 1, Number(day));
  at.setUTCHours(Number(hours), Number(minutes), Number(seconds), Number(fraction.padEnd(3, "0").slice(0, 3)));
  const instant = at.getTime() - (sign === "-" ? -offset : offset);
  if (Number.isFinite(instant)) return new Date(Math.max(-lastInstant, Math.min(lastInstant, instant)));
  return new Date(era ? -lastInstant : lastInstant);
}

/** Of `timestamptz[]`, in one dimension. */
export function parseInstants(text: string): (Date | null)[] {
  if (text === "{}") return [];
  const items = text.slice(1, -1).split(",");
  return items.map((item) => (item === "NULL" ? null : parseInstant(item.replaceAll('"', ""))));
}

/** ISO 8601 in UTC. Years beyond 9999 are written without the sign that JavaScript adds: PostgreSQL refuses it. */
export function formatInstant(date: Date): string {
  return date.toISOString().replace(/^\+0*/, "");
}

/** Only these have no zone that a session could add. */
const zonelessTypes = ["DATE", "TIME", "TIMETZ"];

/**
 * The query with its instants as text that names UTC. Prisma's adapter for `pg` (7.10.1) would send them without an
 * offset, and PostgreSQL would add that of the session.
 */
export function carryOffsets(query: SqlQuery): SqlQuery {
  const isInstant = query.argTypes.map(
    ({ scalarType, dbType }) => scalarType === "datetime" && !zonelessTypes.includes(dbType ?? ""),
  );
  if (!isInstant.includes(true)) return query;
  return {
    ...query,
    args: query.args.map((arg, index) => (isInstant[index] ? formatArgument(arg) : arg)),
    argTypes: query.argTypes.map((type, index): ArgType => (isInstant[index] ? toText(type) : type)),
  };
}

function formatArgument(arg: unknown): unknown {
  if (Array.isArray(arg)) return arg.map(formatArgument);
  if (arg instanceof Date) return formatInstant(arg);
  return typeof arg === "string" ? formatInstant(new Date(arg)) : arg;
}

function toText({ arity }: ArgType): ArgType {
  return { arity, scalarType: "string" };
}
