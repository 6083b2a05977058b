import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import type { ParsedUser, RowProblem } from "./imported-user";

/**
 * The names in the rows so far. Signing in accepts either name, so a username must not be another user's address
 * either. Of two rows with the same name the first counts.
 */
export class NamesOfFile {
  readonly #rows = new Map<string, number>();
  readonly #subjects = new Map<string, number>();

  /** What speaks against this row; if nothing does, its names are taken from now on. */
  add(row: number, { usernameKey, emailKey, subject }: ParsedUser): RowProblem[] {
    const earlier: [string, number | undefined][] = [
      ["username", this.#rows.get(usernameKey)],
      ["email", this.#rows.get(emailKey)],
      ["subject", subject === null ? undefined : this.#subjects.get(subject)],
    ];
    const problems = earlier.flatMap(([field, other]) =>
      other === undefined ? [] : [{ field, message: `Row ${other} has the same.` }],
    );
    if (problems.length > 0) return problems;
    this.#rows.set(usernameKey, row).set(emailKey, row);
    if (subject !== null) this.#subjects.set(subject, row);
    return [];
  }
}

/** As PostgreSQL's `lower` in the C locale, for which only ASCII letters have a case. */
const toKey = (subject: string) => subject.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

export interface TakenNames {
  problemsOf(user: ParsedUser): RowProblem[];
  /** By the keys of their names. */
  groupIds: ReadonlyMap<string, string>;
}

/** What users and applications that exist have of the names in these rows, and their groups: in four queries. */
export async function findTakenNames(users: readonly ParsedUser[]): Promise<TakenNames> {
  const prisma = getPrisma();
  const keys = [...new Set(users.flatMap(({ usernameKey, emailKey }) => [usernameKey, emailKey]))];
  const subjects = users.flatMap(({ subject }) => subject ?? []);
  const groupKeys = [...new Set(users.flatMap(({ groups }) => groups.map(({ key }) => key)))];
  const [names, takenSubjects, groups] = await Promise.all([
    prisma.$queryRaw<{ key: string }[]>`
      SELECT username_key AS key FROM users WHERE username_key = ANY(${keys})
      UNION SELECT email_key FROM users WHERE email_key = ANY(${keys})`,
    subjects.length === 0
      ? []
      : prisma.$queryRaw<{ subject: string }[]>`
          SELECT subject FROM users WHERE subject = ANY(${subjects})
          UNION SELECT subject FROM reserved_subjects WHERE subject = ANY(${subjects})
          UNION SELECT client_id FROM applications WHERE client_id = ANY(${subjects})
          UNION SELECT client_id FROM reserved_client_ids WHERE client_id_key = ANY(${subjects.map(toKey)})`,
    groupKeys.length === 0
      ? []
      : prisma.group.findMany({ where: { nameKey: { in: groupKeys } }, select: { id: true, nameKey: true } }),
  ]);
  const taken = new Set(names.map(({ key }) => key));
  const unavailable = new Set(takenSubjects.map(({ subject }) => subject));
  const groupIds = new Map(groups.map(({ id, nameKey }) => [nameKey, id]));
  return {
    groupIds,
    problemsOf({ usernameKey, emailKey, subject, groups: wanted }) {
      const problems: RowProblem[] = [];
      if (taken.has(usernameKey)) problems.push({ field: "username", message: "This username is already taken." });
      if (taken.has(emailKey)) problems.push({ field: "email", message: "This e-mail address is already taken." });
      if (subject !== null && unavailable.has(subject)) {
        problems.push({ field: "subject", message: "This subject is already taken." });
      }
      for (const { key, name } of wanted) {
        if (!groupIds.has(key)) problems.push({ field: "groups", message: `There is no group “${name}”.` });
      }
      return problems;
    },
  };
}
