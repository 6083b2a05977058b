import { Check, X } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";

export interface DecisionFormProps {
  action: string;
  csrf: string;
  /** Identifies what is being answered. */
  fields: Readonly<Record<string, string>>;
  labels: { deny: string; allow: string };
}

/** Two answers of the same size and color: the user isn't steered to either. */
export function DecisionForm({ action, csrf, fields, labels }: DecisionFormProps) {
  return (
    <NativeForm action={action} csrf={csrf} fields={fields} className="grid grid-cols-2 gap-3">
      <Button type="submit" name="decision" value="deny" size="lg" block icon={<X aria-hidden />}>
        {labels.deny}
      </Button>
      <Button type="submit" name="decision" value="allow" size="lg" block icon={<Check aria-hidden />}>
        {labels.allow}
      </Button>
    </NativeForm>
  );
}
