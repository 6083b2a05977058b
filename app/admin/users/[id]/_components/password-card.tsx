import { DangerRow } from "@/app/o/(portal)/_components/danger-zone";
import { NativeForm } from "@/components/layout/native-form";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/time";
import { userPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { UserDetails } from "@/lib/services/users/manage/get-user";

export interface PasswordCardProps {
  user: UserDetails;
  changeable: boolean;
  csrf: string;
}

/** What is known of the password, which nobody chooses for someone else, and the way to another one. */
export async function PasswordCard({ user, changeable, csrf }: PasswordCardProps) {
  const t = await getTexts("users");
  const { hasPassword, passwordUpdatedAt, passwordChangeRequired } = user;
  const updatedAt = passwordUpdatedAt;
  return (
    <Card
      title={t("security.password.title")}
      description={
        updatedAt
          ? t.rich("security.password.set", { time: () => <RelativeTime date={updatedAt} /> })
          : t("security.password.none")
      }
      actions={passwordChangeRequired && <Badge tone="warning">{t("security.password.required")}</Badge>}
      flush
    >
      {changeable && hasPassword && !passwordChangeRequired && (
        <DangerRow title={t("security.password.requireTitle")} description={t("security.password.requireDescription")}>
          <NativeForm
            action={userPath(user.id, "security/submit")}
            csrf={csrf}
            fields={{ action: "require-password" }}
            className="grid"
          >
            <Button type="submit">{t("security.password.require")}</Button>
          </NativeForm>
        </DangerRow>
      )}
    </Card>
  );
}
