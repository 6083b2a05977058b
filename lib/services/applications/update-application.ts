import "server-only";
import { describeChanges } from "@/lib/bounded-details";
import { env } from "@/lib/env";
import { type ServiceContext, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import { parseInput } from "../parse";
import { toApplicationColumns } from "./application-columns";
import { type ApplicationInput, applicationSchema } from "./application-schema";
import { checkFetchedAddresses } from "./check-fetched-addresses";
import { checkPermittedFields } from "./check-permitted-fields";
import { checkSectorIdentifier } from "./check-sector-identifier";
import { whereApplication } from "./find-application";

/** Replaces the fields of an application; its client id never changes. The rules are applied to the whole of it. */
export async function updateApplication(context: ServiceContext, id: string, input: ApplicationInput): Promise<void> {
  const where = whereApplication(context, id);
  const fields = parseInput(applicationSchema({ allowHttp: env().ALLOW_HTTP_REDIRECT_URIS }), input);
  checkFetchedAddresses(fields);
  await checkSectorIdentifier(fields);
  await withTransaction(context, async (tx, audit) => {
    const before = await tx.application.findFirst({
      where,
      include: { redirectUris: { orderBy: { position: "asc" } } },
    });
    if (!before) throw new NotFoundError("The application");
    await checkPermittedFields(context, tx, fields, before);
    await tx.redirectUri.deleteMany({ where: { applicationId: id } });
    await tx.application.update({
      where: { id },
      // Someone here cares for it, so it stays, used or not.
      data: { ...toApplicationColumns(fields), expiresAt: null },
      select: { id: true },
    });
    await audit.record({
      type: "application.updated",
      at: context.now(),
      applicationId: id,
      details: describeChanges({ ...before, redirectUris: before.redirectUris.map(({ uri }) => uri) }, fields),
    });
  });
}
