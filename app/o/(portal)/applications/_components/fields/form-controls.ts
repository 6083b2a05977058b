import type { ReactNode } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import type { RedirectUriPolicy } from "@/lib/oauth/client/redirect-uri";
import type { SettingName } from "@/lib/oauth/ports/client-settings";
import type { ApplicationFieldName, ApplicationValues } from "../form/application-fields";

/** What the parts of the form receive. */
export interface FormControls {
  initial: ApplicationValues;
  field: (name: ApplicationFieldName) => UseFormRegisterReturn;
  errorOf: (name: ApplicationFieldName) => ReactNode;
  /** Whether the form shows the setting: what only administrators decide is shown to them, or if it can be given up. */
  offers: (name: SettingName) => boolean;
  /** Which redirect URIs the user may enter. */
  policy: RedirectUriPolicy;
}
