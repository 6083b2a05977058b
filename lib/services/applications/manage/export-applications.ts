import "server-only";
import { z } from "zod";
import { searchCondition } from "@/lib/db/lists/search-condition";
import { selectPage } from "@/lib/db/lists/select-page";
import { getPrisma } from "@/lib/db/prisma";
import { applicationKinds, clientTypes } from "@/lib/oauth/ports/client-choices";
import { type ServiceContext, withTransaction } from "../../context";
import { readCursor, toCursor } from "../../lists/cursor";
import { rowCount } from "../../lists/list-wire";
import { inOrderOf } from "../../lists/read-list";
import { parseInput } from "../../parse";
import { type Described, instant, type Returned, type Sent, type Wire } from "../../wire";
import { accessibleApplications } from "../find-application";
import { applicationList, listApplicationsInput, ownedBy, toConditions } from "./application-list";
import { describeUse } from "./describe-use";

/** Applications of one answer: so many take some milliseconds, whatever the size of the table. */
const pageSize = 200;

const exportedApplication = z.strictObject({
  clientId: z.string(),
  name: z.string(),
  kind: z.enum(applicationKinds).nullable(),
  clientType: z.enum(clientTypes),
  grantTypes: z.array(z.string()),
  redirectUris: z.array(z.string()),
  allowedScopes: z.array(z.string()),
  owner: z.string().nullable(),
  disabled: z.boolean(),
  registrationSource: z.enum(["manual", "dynamic"]),
  createdAt: instant,
  lastTokenAt: instant.nullable(),
  people: rowCount,
});

export type ExportedApplication = Described<typeof exportedApplication>;

export const exportApplicationsInput = listApplicationsInput.omit({ sort: true });

export const exportApplicationsWire = {
  input: exportApplicationsInput,
  output: z.strictObject({ applications: z.array(exportedApplication), next: z.string().nullable() }),
} satisfies Wire;

/** Some of the applications that a list with the same search and filters shows, the oldest first. Never a secret. */
export async function exportApplications(
  context: ServiceContext,
  input: Sent<typeof exportApplicationsWire> = {},
): Promise<Returned<typeof exportApplicationsWire>> {
  const { ownerId } = accessibleApplications(context, "applications:read");
  const { q = "", after, ...filters } = parseInput(exportApplicationsInput, input);
  const prisma = getPrisma();
  const { from, id, searched, orders } = applicationList;
  const conditions = toConditions(filters, context.now());
  if (ownerId !== undefined) conditions.push(ownedBy(ownerId));
  const search = await searchCondition(prisma, searched, q);
  if (search) conditions.push(search);
  const positions = await selectPage(prisma, {
    ...{ from, id, conditions, limit: pageSize },
    order: { ...orders.created, descending: false },
    after: readCursor(after, "created", orders.created),
  });
  const ids = positions.map((position) => position.id);
  const [rows, useOf] = await Promise.all([readRows(ids), describeUse(ids)]);
  const applications = inOrderOf(ids, rows).map(({ id: own, disabledAt, owner, redirectUris, ...row }) => ({
    ...row,
    redirectUris: redirectUris.map(({ uri }) => uri),
    owner: owner?.username ?? null,
    disabled: disabledAt !== null,
    ...useOf(own),
  }));
  await withTransaction(context, (_tx, audit) =>
    audit.record({ type: "applications.exported", at: context.now(), details: { count: applications.length } }),
  );
  const last = positions.at(-1);
  return { applications, next: last && positions.length === pageSize ? toCursor("created", last) : null };
}

function readRows(ids: string[]) {
  return getPrisma().application.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      clientId: true,
      name: true,
      kind: true,
      clientType: true,
      grantTypes: true,
      redirectUris: { select: { uri: true }, orderBy: { position: "asc" } },
      allowedScopes: true,
      owner: { select: { username: true } },
      disabledAt: true,
      registrationSource: true,
      createdAt: true,
    },
  });
}

/** All of them, page by page. */
export async function* exportAllApplications(
  context: ServiceContext,
  input: Sent<typeof exportApplicationsWire>,
): AsyncGenerator<ExportedApplication[]> {
  let after: string | null = null;
  do {
    const page: Returned<typeof exportApplicationsWire> = await exportApplications(context, {
      ...input,
      ...(after ? { after } : {}),
    });
    yield page.applications;
    after = page.next;
  } while (after !== null);
}
