import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { isClientId } from "@/lib/oauth/client/client-auth";
import { localizeDescription, readClientDescription } from "@/lib/oauth/registration/client-description";
import { getLogos, type Logo } from "@/lib/outbound/client-logos";
import type { ServiceContext } from "../context";

/** An application's description of itself, in the language of its reader. */
export type LocalizedDescription = ReturnType<typeof localizeDescription>;

/**
 * An application's description of itself for the users whom it asks to sign in. It is unverified. `locale` is a BCP 47
 * tag. Null if there is no such application.
 */
export async function findClientDescription(clientId: string, locale: string): Promise<LocalizedDescription | null> {
  if (!isClientId(clientId)) return null;
  const application = await getPrisma().application.findFirst({
    where: { clientId, disabledAt: null },
    select: presentationColumns(locale),
  });
  return application && present(application, locale);
}

function presentationColumns(locale: string) {
  return { metadata: true, translations: { where: { locale }, select: { text: true } } } as const;
}

/** What was chosen here takes precedence over what the client says about itself. */
function present(row: { metadata: unknown; translations: { text: string }[] }, locale: string): LocalizedDescription {
  const description = localizeDescription(readClientDescription(row.metadata), locale);
  const [translation] = row.translations;
  return translation ? { ...description, client_name: translation.text } : description;
}

/** The names that these applications have for readers of `locale`, by id; those that have no other are left out. */
export async function findApplicationNames(
  ids: readonly string[],
  locale: string,
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await getPrisma().application.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, ...presentationColumns(locale) },
  });
  return new Map(
    rows.flatMap(({ id, ...row }) => {
      const { client_name: name } = present(row, locale);
      return name === undefined ? [] : [[id, name]];
    }),
  );
}

/** The image at an application's `logo_uri`; null if there is none, or it is unavailable. */
export async function findClientLogo(
  { settings }: Pick<ServiceContext, "settings">,
  clientId: string,
  locale: string,
): Promise<Logo | null> {
  const description = await findClientDescription(clientId, locale);
  return description?.logo_uri ? getLogos().find(description.logo_uri, settings.outboundPrivateNetworks) : null;
}

/**
 * The username of the application's owner; null if the server's own commands registered it, or the account is gone. For
 * the consent page: users decide by who asks, so any user whom the application asks sees it.
 */
export async function findOwnerName(applicationId: string): Promise<string | null> {
  const application = await getPrisma().application.findUnique({
    where: { id: applicationId },
    select: { owner: { select: { username: true } } },
  });
  return application?.owner?.username ?? null;
}
