import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { applicationPath } from "@/lib/http/paths";

export interface DisableFormProps {
  applicationId: string;
  csrf: string;
  /** Whether it disables the application or enables it. */
  disable: boolean;
  label: string;
}

export function DisableForm({ applicationId, csrf, disable, label }: DisableFormProps) {
  return (
    <NativeForm action={`${applicationPath(applicationId)}disable/submit`} csrf={csrf} className="grid">
      <input type="hidden" name="disabled" value={disable ? "true" : "false"} />
      <Button type="submit" variant={disable ? "danger-quiet" : "secondary"}>
        {label}
      </Button>
    </NativeForm>
  );
}
