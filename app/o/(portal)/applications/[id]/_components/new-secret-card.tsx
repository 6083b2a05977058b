import { Check, Download } from "lucide-react";
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
import { type SecretFileFormat, writeSecretFile } from "@/lib/quick-starts/secret-files";
import type { ApplicationTab } from "./application-tabs";
import { FoldedPart } from "./folded-part";

export interface NewSecretCardProps {
  secret: SecretFlash;
  applicationName: string;
  clientId: string;
  issuer: string;
  /** Where the button leads back to. */
  tab: ApplicationTab;
  csrf: string;
}

/** A new secret, while only this browser still has it in the clear. */
export async function NewSecretCard({ secret, applicationName, clientId, issuer, tab, csrf }: NewSecretCardProps) {
  const { applicationId, label, clientSecret } = secret;
  const t = await getTexts("credentials");
  const credentials = { applicationName, clientId, clientSecret, issuer };
  const download = (format: SecretFileFormat) => (
    <NativeForm action={applicationPath(applicationId, "secrets/download")} csrf={csrf} fields={{ format }}>
      <Button type="submit" size="sm" icon={<Download aria-hidden />}>
        {t("newSecret.download")}
        <span className="sr-only">{t(`newSecret.formats.${format}`)}</span>
      </Button>
    </NativeForm>
  );
  return (
    <Card title={t.rich("newSecret.title", { label, bdi })} id="new-secret">
      <div className="grid grid-cols-1 gap-4">
        <Alert tone="warning" title={t("newSecret.warning.title")}>
          {t("newSecret.warning.explanation")}
        </Alert>
        <SecretField label={t("newSecret.label")} what={t("newSecret.copy")} value={clientSecret} />
        <CodeBlock
          title=".env"
          code={writeSecretFile("env", credentials).text.trimEnd()}
          wrap
          action={download("env")}
        />
        <FoldedPart label={t("newSecret.formats.kubernetes")}>
          <CodeBlock
            title={t("newSecret.formats.kubernetes")}
            code={writeSecretFile("kubernetes", credentials).text.trimEnd()}
            wrap
            action={download("kubernetes")}
          />
        </FoldedPart>
        <NativeForm action={applicationPath(applicationId, "secrets/stored")} csrf={csrf} fields={{ tab }}>
          <Button type="submit" variant="primary" icon={<Check aria-hidden />}>
            {t("newSecret.stored")}
          </Button>
        </NativeForm>
      </div>
    </Card>
  );
}
