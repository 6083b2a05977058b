type Field = Pick<HTMLInputElement, "type" | "value" | "defaultValue" | "checked" | "defaultChecked">;

/** Whether a form differs from what the server sent. */
export function hasChanges(form: HTMLFormElement): boolean {
  if ([...form.querySelectorAll<HTMLElement>("[data-rows]")].some(haveRowsChanged)) return true;
  return [...form.elements].some((field) => {
    if (field instanceof HTMLSelectElement) return isOtherChoice(field);
    // One without a name isn't sent.
    if (field instanceof HTMLInputElement && field.name === "") return false;
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) return isOtherInput(field as Field);
    return false;
  });
}

/** A list with an input for each row, which may have been moved or removed. */
function haveRowsChanged(list: HTMLElement): boolean {
  const rows = [...list.querySelectorAll<HTMLInputElement>("input[name]:not(:disabled)")].map(({ value }) => value);
  const split = (text: string) => text.split(/\s+/).filter(Boolean).join("\n");
  return split(rows.join("\n")) !== split(list.dataset.rows ?? "");
}

function isOtherInput({ type, value, defaultValue, checked, defaultChecked }: Field): boolean {
  if (type === "hidden" || type === "submit" || type === "button") return false;
  return type === "checkbox" || type === "radio" ? checked !== defaultChecked : value !== defaultValue;
}

function isOtherChoice({ options, selectedIndex, multiple }: HTMLSelectElement): boolean {
  const given = [...options].findIndex(({ defaultSelected }) => defaultSelected);
  if (multiple) return [...options].some(({ selected, defaultSelected }) => selected !== defaultSelected);
  return selectedIndex !== Math.max(given, 0);
}
