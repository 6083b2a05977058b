import type { ReactNode } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import type { SettingName } from "@/lib/oauth/ports/client-settings";
import type { ApplicationFieldName, ApplicationValues } from "../form/application-fields";

/** What the parts of the form are given of it. */
export interface FormControls {
  initial: ApplicationValues;
  field: (name: ApplicationFieldName) => UseFormRegisterReturn;
  errorOf: (name: ApplicationFieldName) => ReactNode;
  /** Whether the form shows the setting: what only administrators decide is shown to them, or to be taken back. */
  offers: (name: SettingName) => boolean;
}
