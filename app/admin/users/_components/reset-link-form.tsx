import { Check, KeyRound } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { SecretField } from "@/components/ui/secret-field";
import { readResetLinkFlash } from "@/lib/http/forms/reset-link-flash";
import { getTexts } from "@/lib/messages/request-locale";

export interface ResetLinkFormProps {
  user: { id: string; username: string; disabled: boolean };
  csrf: string;
  canSendMail: boolean;
}

/**
 * A link with which the user chooses a new password: the button that creates it and, once created, the link, while only
 * this browser still has it in the clear. On the page of the user, at `/admin/users/ID/security/`.
 */
export async function ResetLinkForm({ user, csrf, canSendMail }: ResetLinkFormProps) {
  const t = await getTexts("resetLinks");
  const link = await readResetLinkFlash(user.id);
  const path = `/admin/users/${user.id}/reset-link`;
  if (user.disabled) return <p className="text-muted">{t("disabled")}</p>;
  return (
    <div className="grid grid-cols-1 gap-4">
      {link && (
        <>
          <Alert tone="warning" title={t("warning")}>
            {t("advice", { username: user.username })}
          </Alert>
          <SecretField label={t("link")} what={t("copy")} value={link} />
          <NativeForm action={`${path}/stored`} csrf={csrf}>
            <Button type="submit" variant="primary" icon={<Check aria-hidden />}>
              {t("stored")}
            </Button>
          </NativeForm>
        </>
      )}
      {!link && <p className="max-w-prose text-muted">{t("description")}</p>}
      <NativeForm action={`${path}/submit`} csrf={csrf} className="flex flex-wrap gap-2">
        {canSendMail && (
          <Button type="submit" name="delivery" value="email" icon={<KeyRound aria-hidden />}>
            {t("send")}
          </Button>
        )}
        <Button type="submit" name="delivery" value="copy" icon={canSendMail ? undefined : <KeyRound aria-hidden />}>
          {t("create")}
        </Button>
      </NativeForm>
    </div>
  );
}
