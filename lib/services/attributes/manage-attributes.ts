import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { problem } from "@/lib/messages/problem";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { requirePermission, type ServiceContext, type Transaction, withTransaction } from "../context";
import { NotFoundError, ValidationError } from "../errors";
import { mapUniqueViolation } from "../map-unique-violation";
import { parseInput } from "../parse";
import { type Described, instant, type Returned, type Sent, type Wire } from "../wire";
import {
  attributeAccess,
  attributeChangeSchema,
  attributeInput,
  attributeTypes,
  newAttributeSchema,
} from "./attribute-schema";

/** Each is a field of every user's page. */
const maximumAttributes = 100;

export const attributeReference = z.object({ id: z.string() });

export const attributeDetails = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  type: z.enum(attributeTypes),
  userAccess: z.enum(attributeAccess),
  claimName: z.string().nullable(),
  scopeName: z.string().nullable(),
  createdAt: instant,
});

export type AttributeDetails = Described<typeof attributeDetails>;

export const attributeColumns = {
  ...{ id: true, name: true, type: true, userAccess: true, claimName: true, scopeName: true, createdAt: true },
} as const;

export const listAttributesWire = { input: null, output: z.array(attributeDetails) } satisfies Wire;

/** All attributes of users, by name. */
export async function listAttributes(context: ServiceContext): Promise<Returned<typeof listAttributesWire>> {
  requirePermission(context, "users:read");
  return getPrisma().userAttribute.findMany({
    select: attributeColumns,
    orderBy: { nameKey: "asc" },
    take: maximumAttributes,
  });
}

export const createAttributeWire = {
  input: z.object({ ...attributeInput.shape, type: z.enum(attributeTypes) }),
  output: z.strictObject({ id: z.uuid() }),
} satisfies Wire;

/** Defines an attribute, which no user has a value of yet. @throws ValidationError by field */
export async function createAttribute(
  context: ServiceContext,
  input: Sent<typeof createAttributeWire>,
): Promise<Returned<typeof createAttributeWire>> {
  requirePermission(context, "settings:write");
  const { name, ...rest } = parseInput(newAttributeSchema, input);
  return withTransaction(context, async (tx, audit) => {
    await checkScope(tx, rest);
    if ((await tx.userAttribute.count()) >= maximumAttributes) {
      throw new ValidationError({ form: [`There may be at most ${maximumAttributes} attributes.`] });
    }
    const at = context.now();
    const data = { ...rest, name, nameKey: toNameKey(name), createdAt: at };
    const { id } = await tx.userAttribute.create({ data, select: { id: true } });
    await audit.record({ type: "attribute.created", at, details: { attributeId: id, name } });
    return { id };
  }).catch(mapTaken);
}

export const updateAttributeWire = {
  input: z.object({ ...attributeInput.shape, ...attributeReference.shape }),
  output: null,
} satisfies Wire;

/** Changes everything but the type, of which users have values. @throws ValidationError by field, NotFoundError */
export async function updateAttribute(context: ServiceContext, input: Sent<typeof updateAttributeWire>): Promise<void> {
  requirePermission(context, "settings:write");
  const { id, name, ...rest } = parseInput(attributeChangeSchema, input);
  await withTransaction(context, async (tx, audit) => {
    const before = await tx.userAttribute.findUnique({ where: whereAttribute(id), select: changing });
    if (!before) throw attributeNotFound();
    await checkScope(tx, rest);
    const after = { name, ...rest };
    await tx.userAttribute.update({
      where: { id },
      data: { ...after, nameKey: toNameKey(name) },
      select: { id: true },
    });
    await audit.record({ type: "attribute.updated", at: context.now(), details: { attributeId: id, before, after } });
  }).catch(mapTaken);
}

const changing = { name: true, userAccess: true, claimName: true, scopeName: true } as const;

export const deleteAttributeWire = { input: attributeReference, output: null } satisfies Wire;

/** Deletes an attribute with the values of all users. */
export async function deleteAttribute(
  context: ServiceContext,
  { id }: Sent<typeof deleteAttributeWire>,
): Promise<void> {
  requirePermission(context, "settings:write");
  const where = whereAttribute(id);
  await withTransaction(context, async (tx, audit) => {
    const { count: values } = await tx.userAttributeValue.deleteMany({ where: { attributeId: id } });
    const [deleted] = await tx.userAttribute.findMany({ where, select: { name: true } });
    if (!deleted) throw attributeNotFound();
    await tx.userAttribute.delete({ where, select: { id: true } });
    const details = { attributeId: id, name: deleted.name, values };
    await audit.record({ type: "attribute.deleted", at: context.now(), details });
  });
}

/** A claim belongs to a scope: without one no application would get it, and no user would be asked. */
async function checkScope(tx: Transaction, { claimName, scopeName }: Record<"claimName" | "scopeName", string | null>) {
  if ((claimName === null) !== (scopeName === null)) {
    const [field, message] =
      claimName === null
        ? (["claimName", problem("consoleProblems.attributes.claim")] as const)
        : (["scopeName", problem("consoleProblems.attributes.forScope")] as const);
    throw new ValidationError({ [field]: [message] });
  }
  if (scopeName === null) return;
  const scope = scopeName.includes("\0") ? null : await tx.scope.findUnique({ where: { name: scopeName } });
  if (!scope || scopeName === "openid" || scopeName === "offline_access") {
    throw new ValidationError({ scopeName: [problem("consoleProblems.attributes.scope")] });
  }
}

function whereAttribute(id: string): { id: string } {
  if (!isUuid(id)) throw attributeNotFound();
  return { id };
}

function attributeNotFound(): NotFoundError {
  return new NotFoundError("attribute");
}

function toNameKey(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

const mapTaken = mapUniqueViolation("name", "An attribute has this name or claim already.");
