import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { problem } from "@/lib/messages/problem";
import type { ParsedUser } from "./imported-user";
import { type RowProblem, toRowProblem } from "./row-problem";

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
      other === undefined ? [] : [toRowProblem(field, problem("consoleProblems.import.sameRow", { row: other }))],
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
      if (taken.has(usernameKey)) problems.push(toRowProblem("username", problem("problems.username.taken")));
      if (taken.has(emailKey)) problems.push(toRowProblem("email", problem("problems.email.taken")));
      if (subject !== null && unavailable.has(subject)) {
        problems.push(toRowProblem("subject", problem("consoleProblems.import.subjectTaken")));
      }
      for (const { key, name } of wanted) {
        if (groupIds.has(key)) continue;
        problems.push(toRowProblem("groups", problem("consoleProblems.import.noGroup", { name: name.slice(0, 100) })));
      }
      return problems;
    },
  };
}
