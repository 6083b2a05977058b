import type { AttributeValue } from "@/lib/services/attributes/attribute-schema";
import { createAttribute } from "@/lib/services/attributes/manage-attributes";
import { setUserAttributes } from "@/lib/services/attributes/user-attributes";
import type { Portal, TestUser } from "./portal";

export interface TestAttribute {
  id: string;
  name: string;
}

type Definition = Parameters<typeof createAttribute>[1];

/** An attribute of all users, which is removed with everything else of the test. */
export async function addAttribute(
  portal: Portal,
  definition: Pick<Definition, "name"> & Partial<Definition>,
): Promise<TestAttribute> {
  const input = { type: "text", userAccess: "none", claimName: "", scopeName: "", ...definition } as const;
  const { id } = await createAttribute(portal.context, input);
  adoptAttribute(portal, id);
  return { id, name: input.name };
}

/** Removes an attribute that something else created with the rest. */
export function adoptAttribute(portal: Portal, id: string): void {
  portal.atCleanUp(async () => {
    await portal.database.userAttribute.deleteMany({ where: { id } });
    await portal.database.auditEvent.deleteMany({ where: { details: { path: ["attributeId"], equals: id } } });
  });
}

export async function setValue(
  portal: Portal,
  user: Pick<TestUser, "id">,
  attribute: TestAttribute,
  value: AttributeValue | null,
): Promise<void> {
  await setUserAttributes(portal.context, { id: user.id, values: [{ attributeId: attribute.id, value }] });
}
