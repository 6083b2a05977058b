import "server-only";
import { z } from "zod";
import { findSettings, toSettingColumns } from "@/lib/db/oauth/client-settings";
import { describeChanges } from "@/lib/limits/bounded-details";
import { type SettingName, settingNames } from "@/lib/oauth/ports/client-settings";
import { type ServiceContext, type Transaction, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import { parseInput } from "../parse";
import { publishSigningKeys } from "../signing-keys/publish-signing-keys";
import type { Returned, Sent, Wire } from "../wire";
import { checkFetchedAddresses } from "./addresses/check-fetched-addresses";
import { checkSectorIdentifier, isSameSector, type SectorFields } from "./addresses/check-sector-identifier";
import { endGrantsOfOtherSector } from "./end-grants-of-sector";
import { endScopes } from "./end-scopes";
import { applicationReference, whereApplication } from "./find-application";
import { findApiColumns } from "./settings/api-settings";
import { type ApplicationFields, applicationInput, applicationSchema } from "./settings/application-schema";
import { changeSettings } from "./settings/change-settings";
import { permitFields } from "./settings/permit-fields";
import { type EndedPrivileges, endedPrivileges, hasEnded } from "./settings/privileges";

export const updateApplicationWire = {
  input: applicationInput({
    ...applicationReference.shape,
    /** The settings to change. The others stay as they are when the change is made. Absent: all are changed. */
    only: z.array(z.enum(settingNames)).optional(),
  }),
  output: endedPrivileges,
} satisfies Wire;

/**
 * Replaces settings of an application; its client ID never changes. The rules apply to the result as a whole. Returns
 * which of the administrator's privileges the change has ended.
 */
export async function updateApplication(
  context: ServiceContext,
  input: Sent<typeof updateApplicationWire>,
): Promise<Returned<typeof updateApplicationWire>> {
  const { id, only = settingNames } = input;
  const where = whereApplication(context, id, "applications:write");
  const sent = parseInput(
    applicationSchema({ allowHttp: context.settings.allowHttpRedirectUris, privateSchemes: "any" }),
    input,
  );
  checkFetchedAddresses(context, sent);
  const change = { where, sent, only };
  let checked: SectorFields = sent;
  for (;;) {
    await checkSectorIdentifier(context, checked);
    const saved = await saveChange(context, change, checked);
    if ("ended" in saved) {
      await publishSigningKeys(saved.fields);
      return saved.ended;
    }
    // Meanwhile someone else has changed what was checked, and the check can't be made while the row is locked.
    checked = saved.unchecked;
  }
}

interface Change {
  where: ReturnType<typeof whereApplication>;
  sent: ApplicationFields;
  only: readonly SettingName[];
}

type Saved = { ended: EndedPrivileges; fields: ApplicationFields } | { unchecked: SectorFields };

function saveChange(context: ServiceContext, { where, sent, only }: Change, checked: SectorFields): Promise<Saved> {
  const { id } = where;
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    await lockApplication(tx, id);
    const row = await tx.application.findFirst({
      where,
      select: { clientId: true, securityProfileSetBy: true },
    });
    const settings = await findSettings(tx, id);
    if (!row || !settings) throw new NotFoundError("application");
    const before = { ...row, ...settings };
    const asked = changeSettings(before, sent, only);
    if (!isSameSector(asked, checked)) return { unchecked: asked };
    const { fields, securityProfileSetBy, ended } = await permitFields(context, tx, asked, before);
    const after = { ...fields, clientId: before.clientId };
    const endedGrants = await endGrantsOfOtherSector(tx, { applicationId: id, before, after, at });
    await tx.redirectUri.deleteMany({ where: { applicationId: id } });
    await tx.application.update({
      where: { id },
      // It has been changed here, so it no longer expires, used or not.
      data: {
        ...toSettingColumns(fields),
        ...(await findApiColumns(tx, fields)),
        securityProfileSetBy,
        expiresAt: null,
        updatedAt: at,
      },
      select: { id: true },
    });
    if (fields.name !== before.name) await dropNamesOfItsOwn(tx, id);
    await endScopes(tx, id, ended.restrictedScopes, at);
    await audit.record({
      type: "application.updated",
      at,
      applicationId: id,
      details: {
        ...describeChanges(before, fields),
        ...(hasEnded(ended) ? { ended } : {}),
        ...(endedGrants === null ? {} : { endedGrants }),
      },
    });
    return { ended, fields };
  });
}

/** A name chosen here takes precedence over those that the client registered for other languages (RFC 7591 §2.2). */
async function dropNamesOfItsOwn(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE applications SET metadata = COALESCE(
      (SELECT jsonb_object_agg(key, value) FROM jsonb_each(metadata) WHERE NOT starts_with(key, 'client_name#')), '{}')
    WHERE id = ${id}::uuid`;
}

/** Concurrent changes run one after the other. Tokens can still be issued. */
export async function lockApplication(tx: Transaction, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM applications WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
}
