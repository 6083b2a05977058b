import { getTexts } from "@/lib/messages/request-locale";
import type { Client } from "@/lib/oauth/ports/client";

export interface RegisteredByProps {
  client: Pick<Client, "registeredDynamically">;
  owner: string | null;
}

/** Who registered the application: users decide by that. */
export async function RegisteredBy({ client, owner }: RegisteredByProps) {
  const t = await getTexts("consent");
  if (client.registeredDynamically) return t("registrant.itself");
  if (!owner) return t("registrant.administrators");
  return t.rich("registrant.user", {
    owner,
    name: (chunks) => <bdi className="font-medium text-text">{chunks}</bdi>,
  });
}
