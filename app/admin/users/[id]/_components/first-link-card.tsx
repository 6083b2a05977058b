import { Check } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { SecretField } from "@/components/ui/secret-field";
import { userPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { UserDetails } from "@/lib/services/users/manage/get-user";

export interface FirstLinkCardProps {
  user: UserDetails;
  link: string;
  csrf: string;
}

/** The link with which a new user chooses a password, while only this browser still has it in the clear. */
export async function FirstLinkCard({ user, link, csrf }: FirstLinkCardProps) {
  const t = await getTexts("users");
  return (
    <Card title={t("created.linkTitle")} id="first-link">
      <div className="grid grid-cols-1 gap-4">
        <Alert tone="warning" title={t("created.linkWarning")}>
          {t("created.linkAdvice", { name: user.name ?? user.username })}
        </Alert>
        <SecretField label={t("created.link")} what={t("created.linkCopy")} value={link} />
        <NativeForm action={userPath(user.id, "stored")} csrf={csrf}>
          <Button type="submit" variant="primary" icon={<Check aria-hidden />}>
            {t("created.linkStored")}
          </Button>
        </NativeForm>
      </div>
    </Card>
  );
}
