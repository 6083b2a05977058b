import { type ApplicationFieldName, type ApplicationValues, fieldNames } from "../form/application-fields";
import { readApplicationValues } from "../form/application-values";

/** The form in the page: its elements hold the values, however and whenever they got there. */

export function readForm(form: HTMLFormElement | null): ApplicationValues {
  const data = new FormData(form ?? undefined);
  return readApplicationValues((name) => data.getAll(name).filter((value) => typeof value === "string"));
}

/** Fills in the settings that follow from the chosen kind. */
export function fillInSettings(form: HTMLFormElement | null): void {
  const { client_type, authorization_grant_type, settings_of_kind } = readForm(form);
  const chosen: Record<string, readonly string[]> = { client_type: [client_type], authorization_grant_type };
  for (const element of form?.elements ?? []) {
    if (!(element instanceof HTMLInputElement)) continue;
    if (element.name in chosen) element.checked = chosen[element.name]?.includes(element.value) ?? false;
    if (element.name === "settings_of_kind") element.value = settings_of_kind;
  }
}

/** The text fields that no longer have their initial value. */
export function findTypedNames(form: HTMLFormElement | null): ApplicationFieldName[] {
  const typed = [...(form?.elements ?? [])].filter((element) => isTextField(element) && isChanged(element));
  return fieldNames.filter((name) => typed.some((element) => "name" in element && element.name === name));
}

/** Text fields are validated after a pause, all others immediately. */
export function isTextField(element: unknown): element is HTMLInputElement | HTMLTextAreaElement {
  if (element instanceof HTMLTextAreaElement) return true;
  return element instanceof HTMLInputElement && element.type === "text";
}

function isChanged(element: HTMLInputElement | HTMLTextAreaElement): boolean {
  return !element.readOnly && element.value !== element.defaultValue;
}
