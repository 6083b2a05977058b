import { type ApplicationFieldName, type ApplicationValues, fieldNames } from "../form/application-fields";
import { readApplicationValues } from "../form/application-values";

/** The form as it stands in the page: its elements hold the values, whoever put them there and whenever. */

export function readForm(form: HTMLFormElement | null): ApplicationValues {
  const data = new FormData(form ?? undefined);
  return readApplicationValues((name) => data.getAll(name).filter((value) => typeof value === "string"));
}

/** Shows the settings that follow from the kind that is chosen. */
export function fillInSettings(form: HTMLFormElement | null): void {
  const { client_type, authorization_grant_type, settings_of_kind } = readForm(form);
  const chosen: Record<string, readonly string[]> = { client_type: [client_type], authorization_grant_type };
  for (const element of form?.elements ?? []) {
    if (!(element instanceof HTMLInputElement)) continue;
    if (element.name in chosen) element.checked = chosen[element.name]?.includes(element.value) ?? false;
    if (element.name === "settings_of_kind") element.value = settings_of_kind;
  }
}

/** The fields in which somebody has typed something else than they began with. */
export function findTypedNames(form: HTMLFormElement | null): ApplicationFieldName[] {
  const typed = [...(form?.elements ?? [])].filter((element) => isTextField(element) && isChanged(element));
  return fieldNames.filter((name) => typed.some((element) => "name" in element && element.name === name));
}

/** Fields to type in are judged after a pause; every other one at once. */
export function isTextField(element: unknown): element is HTMLInputElement | HTMLTextAreaElement {
  if (element instanceof HTMLTextAreaElement) return true;
  return element instanceof HTMLInputElement && element.type === "text";
}

function isChanged(element: HTMLInputElement | HTMLTextAreaElement): boolean {
  return !element.readOnly && element.value !== element.defaultValue;
}
