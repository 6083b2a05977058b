import { Check } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { bdi } from "@/components/texts/rich-tags";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { SecretField } from "@/components/ui/secret-field";
import type { SecretFlash } from "@/lib/http/forms/secret-flash";
import { applicationPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { quoteForShell } from "@/lib/quick-starts/shell";
import type { ApplicationTab } from "./application-tabs";

export interface NewSecretCardProps {
  secret: SecretFlash;
  clientId: string;
  issuer: string;
  /** Where the button leads back to. */
  tab: ApplicationTab;
  csrf: string;
}

/** A new secret, while only this browser still has it in the clear. */
export async function NewSecretCard({ secret, clientId, issuer, tab, csrf }: NewSecretCardProps) {
  const { applicationId, label, clientSecret } = secret;
  const t = await getTexts("credentials");
  const lines = { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, ISSUER: issuer };
  return (
    <Card title={t.rich("newSecret.title", { label, bdi })} id="new-secret">
      <div className="grid grid-cols-1 gap-4">
        <Alert tone="warning" title={t("newSecret.warning.title")}>
          {t("newSecret.warning.explanation")}
        </Alert>
        <SecretField label={t("newSecret.label")} what={t("newSecret.copy")} value={clientSecret} />
        <CodeBlock
          title=".env"
          code={Object.entries(lines)
            .map(([name, value]) => `${name}=${quoteForShell(value)}`)
            .join("\n")}
          wrap
        />
        <NativeForm action={applicationPath(applicationId, "secrets/stored")} csrf={csrf} fields={{ tab }}>
          <Button type="submit" variant="primary" icon={<Check aria-hidden />}>
            {t("newSecret.stored")}
          </Button>
        </NativeForm>
      </div>
    </Card>
  );
}
