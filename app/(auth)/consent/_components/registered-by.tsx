import type { Client } from "@/lib/oauth/ports/client";

/** Who registered the application: users decide by that. */
export function RegisteredBy({
  client,
  owner,
}: {
  client: Pick<Client, "registeredDynamically">;
  owner: string | null;
}) {
  if (client.registeredDynamically) return "Registered itself with this server";
  if (!owner) return "Registered by the administrators of this server";
  return (
    <>
      Registered by <bdi className="font-medium text-text">{owner}</bdi>
    </>
  );
}
