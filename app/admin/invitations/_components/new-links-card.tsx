import { Check } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { SecretField } from "@/components/ui/secret-field";
import { invitationsPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";

export interface NewLinksCardProps {
  links: readonly { id: string; email: string; link: string }[];
  csrf: string;
}

/** New links, while only this browser still has them in the clear. */
export async function NewLinksCard({ links, csrf }: NewLinksCardProps) {
  const t = await getTexts("invitations");
  const count = links.length;
  return (
    <Card title={t("links.title", { count })} id="links">
      <div className="grid grid-cols-1 gap-4">
        <Alert tone="warning" title={t("links.warning", { count })}>
          {t("links.advice")}
        </Alert>
        {links.map(({ id, email, link }) => (
          <SecretField key={id} label={email} what={t("links.copy", { email })} value={link} />
        ))}
        <NativeForm action={`${invitationsPath}stored`} csrf={csrf}>
          <Button type="submit" variant="primary" icon={<Check aria-hidden />}>
            {t("links.stored", { count })}
          </Button>
        </NativeForm>
      </div>
    </Card>
  );
}
