type Field = Pick<HTMLInputElement, "type" | "value" | "defaultValue" | "checked" | "defaultChecked">;

/** Whether a form differs from what the server sent. */
export function hasChanges(form: HTMLFormElement): boolean {
  return [...form.elements].some((field) => {
    if (field instanceof HTMLSelectElement) return isOtherChoice(field);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) return isOtherInput(field as Field);
    return false;
  });
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
