import { Check } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { bdi } from "@/components/texts/rich-tags";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { SecretField } from "@/components/ui/secret-field";
import type { RegistrationTokenFlash } from "@/lib/http/forms/registration-token-flash";
import { registrationTokensPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { endpointUrl, toIssuer } from "@/lib/oauth/endpoints";

export interface NewTokenCardProps {
  flash: RegistrationTokenFlash;
  publicUrl: string;
  csrf: string;
}

/** A new token, while only this browser still has it in the clear. */
export async function NewTokenCard({ flash: { label, token }, publicUrl, csrf }: NewTokenCardProps) {
  const t = await getTexts("initialAccessTokens");
  const request = [
    `curl ${endpointUrl(toIssuer(publicUrl), "registration")}`,
    `-H 'Authorization: Bearer ${token}'`,
    "-H 'Content-Type: application/json'",
    `-d '{"client_name": "My app", "redirect_uris": ["https://app.example.com/callback"]}'`,
  ];
  return (
    <Card title={t.rich("created.title", { label, bdi })} id="new-token">
      <div className="grid grid-cols-1 gap-4">
        <Alert tone="warning" title={t("created.warning")}>
          {t("created.advice")}
        </Alert>
        <SecretField label={t("created.token")} what={t("created.copyToken")} value={token} />
        <CodeBlock title={t("created.request")} code={request.join(" \\\n  ")} wrap />
        <NativeForm action={`${registrationTokensPath}stored`} csrf={csrf}>
          <Button type="submit" variant="primary" icon={<Check aria-hidden />}>
            {t("created.stored")}
          </Button>
        </NativeForm>
      </div>
    </Card>
  );
}
