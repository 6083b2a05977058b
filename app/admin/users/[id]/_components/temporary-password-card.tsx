import { Check } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { SecretField } from "@/components/ui/secret-field";
import { userPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { UserDetails } from "@/lib/services/users/manage/get-user";

export interface TemporaryPasswordCardProps {
  user: UserDetails;
  password: string;
  csrf: string;
}

/** The generated password of a new user, while only this browser still has it in the clear. */
export async function TemporaryPasswordCard({ user, password, csrf }: TemporaryPasswordCardProps) {
  const t = await getTexts("users");
  return (
    <Card title={t("created.title")} id="temporary-password">
      <div className="grid grid-cols-1 gap-4">
        <Alert tone="warning" title={t("created.warning")}>
          {t("created.advice", { name: user.name ?? user.username })}
        </Alert>
        <SecretField label={t("created.password")} what={t("created.copy")} value={password} />
        <NativeForm action={userPath(user.id, "stored")} csrf={csrf}>
          <Button type="submit" variant="primary" icon={<Check aria-hidden />}>
            {t("created.stored")}
          </Button>
        </NativeForm>
      </div>
    </Card>
  );
}
