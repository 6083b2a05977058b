import type { Client } from "@/lib/oauth/ports/client";
import type { ClientSettings } from "@/lib/oauth/ports/client-settings";

/** What of an application decides how its programs are written. */
export type QuickStartSubject = ClientSettings & Pick<Client, "clientId">;
