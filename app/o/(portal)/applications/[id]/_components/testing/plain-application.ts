import { defaultSettings } from "@/lib/oauth/ports/client-settings";
import type { QuickStartSubject } from "../quick-start-subject";

/** A typical web application. */
export const plainApplication: QuickStartSubject = {
  ...defaultSettings,
  clientId: "id",
  kind: "web",
  name: "web-app",
  clientType: "confidential",
  grantTypes: ["authorization_code", "refresh_token"],
  redirectUris: ["https://app.example.com/callback"],
};
