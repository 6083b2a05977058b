import type { ReactNode } from "react";
import { NativeForm } from "@/components/layout/native-form";
import { Button, type ButtonVariant } from "@/components/ui/button";
import { getListTexts } from "./list-texts";
import { SelectedCount } from "./selected-count";

/** The form that the checkboxes of rows belong to, wherever they are. */
export const bulkFormId = "list-selection";

/** The parameter that carries the key of each selected row. */
export const bulkParameter = "id";

export interface BulkActions {
  /** The route that the form posts to: `id` for each selected row, and `action`. */
  action: string;
  csrf: string;
  /** Additional hidden fields, by name. */
  fields?: Readonly<Record<string, string>>;
  actions: readonly { value: string; label: string; icon?: ReactNode; variant?: ButtonVariant }[];
}

/** The actions for selected rows. Appears with the first selected row; without JavaScript it is always there. */
export async function BulkBar({ action, csrf, fields = {}, actions }: BulkActions) {
  const t = await getListTexts();
  return (
    <NativeForm
      id={bulkFormId}
      action={action}
      csrf={csrf}
      fields={fields}
      aria-label={t("bulk")}
      className="pointer-events-none sticky bottom-4 z-20 flex justify-center noscript:static noscript:justify-start"
    >
      <SelectedCount form={bulkFormId}>
        {actions.map(({ value, label, icon, variant }) => (
          <Button key={value} type="submit" name="action" value={value} size="sm" variant={variant} icon={icon}>
            {label}
          </Button>
        ))}
      </SelectedCount>
    </NativeForm>
  );
}
