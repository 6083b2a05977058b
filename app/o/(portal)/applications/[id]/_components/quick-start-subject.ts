import type { Client } from "@/lib/oauth/ports/client";
import type { ClientSettings } from "@/lib/oauth/ports/client-settings";

/** The properties of an application that decide how its programs are written. */
export type QuickStartSubject = ClientSettings & Pick<Client, "clientId">;
