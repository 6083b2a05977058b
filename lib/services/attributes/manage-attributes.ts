import "server-only";
import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { requirePermission, type ServiceContext, type Transaction, withTransaction } from "../context";
import { ValidationError } from "../errors";
import { mapUniqueViolation } from "../map-unique-violation";
import { dropAbsent } from "../normalized";
import { parseInput } from "../parse";
import type { Returned, Sent, Wire } from "../wire";
import {
  attributeChangeInput,
  attributeChangeSchema,
  attributeInput,
  attributeTypes,
  isForData,
  newAttributeSchema,
  toNameKey,
} from "./attribute-schema";
import { attributeNotFound, lockAttribute, maximumAttributes, whereAttribute } from "./find-attribute";

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
    const nameKey = toNameKey(name);
    await checkTaken(tx, { id: null, nameKey, claimName: rest.claimName });
    if ((await tx.userAttribute.count()) >= maximumAttributes) {
      throw new ValidationError({ form: [problem("consoleProblems.attributes.most", { maximum: maximumAttributes })] });
    }
    const at = context.now();
    const data = { ...rest, name, nameKey, createdAt: at };
    const { id } = await tx.userAttribute.create({ data, select: { id: true } });
    await audit.record({ type: "attribute.created", at, details: { attributeId: id, name } });
    return { id };
  }).catch(mapTaken);
}

export const updateAttributeWire = { input: attributeChangeInput, output: null } satisfies Wire;

/** Changes what is sent; never the type, of which users have values. @throws ValidationError by field, NotFoundError */
export async function updateAttribute(context: ServiceContext, input: Sent<typeof updateAttributeWire>): Promise<void> {
  requirePermission(context, "settings:write");
  const { id, ...sent } = parseInput(attributeChangeSchema, input);
  const where = whereAttribute(id);
  await withTransaction(context, async (tx, audit) => {
    await lockAttribute(tx, id);
    const before = await tx.userAttribute.findUnique({ where, select: changing });
    if (!before) throw attributeNotFound();
    const after = { ...before, ...dropAbsent(sent) };
    await checkScope(tx, after);
    const nameKey = toNameKey(after.name);
    await checkTaken(tx, { id, nameKey, claimName: after.claimName });
    await tx.userAttribute.update({ where, data: { ...after, nameKey }, select: { id: true } });
    await audit.record({ type: "attribute.updated", at: context.now(), details: { attributeId: id, before, after } });
  }).catch(mapTaken);
}

const changing = { name: true, userAccess: true, claimName: true, scopeName: true } as const;

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
  if (!scope || !isForData(scopeName)) {
    throw new ValidationError({ scopeName: [problem("consoleProblems.attributes.scope")] });
  }
}

interface Wanted {
  /** Null: a new one. */
  id: string | null;
  nameKey: string;
  claimName: string | null;
}

/** Says which of the two is taken; for requests at the same moment the unique indexes decide. */
async function checkTaken(tx: Transaction, { id, nameKey, claimName }: Wanted): Promise<void> {
  const others = await tx.userAttribute.findMany({
    where: {
      ...(id !== null && { id: { not: id } }),
      OR: [{ nameKey }, ...(claimName === null ? [] : [{ claimName }])],
    },
    select: { nameKey: true },
  });
  const hasName = others.some((other) => other.nameKey === nameKey);
  if (hasName) throw new ValidationError({ name: [problem("consoleProblems.attributes.nameTaken")] });
  if (others.length > 0) throw new ValidationError({ claimName: [problem("consoleProblems.attributes.claimTaken")] });
}

const mapTaken = mapUniqueViolation("name", problem("consoleProblems.attributes.nameTaken"));
