import { Check } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { SecretField } from "@/components/ui/secret-field";
import type { SecretFlash } from "@/lib/http/forms/secret-flash";
import { applicationPath } from "@/lib/http/paths";
import { quoteForShell } from "../../../_components/shell";

export interface NewSecretCardProps {
  secret: SecretFlash;
  clientId: string;
  issuer: string;
  csrf: string;
}

/** A new secret, while only this browser still has it in the clear. */
export function NewSecretCard({ secret, clientId, issuer, csrf }: NewSecretCardProps) {
  const { applicationId, label, clientSecret } = secret;
  const lines = { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, ISSUER: issuer };
  return (
    <Card title={`New client secret: ${label}`} id="new-secret">
      <div className="grid grid-cols-1 gap-4">
        <Alert tone="warning" title="Store this secret now">
          You can't view this secret again later. This browser shows it until you confirm that you have stored it, for
          an hour at most.
        </Alert>
        <SecretField label="Client secret" what="client secret" value={clientSecret} />
        <CodeBlock
          title=".env"
          code={Object.entries(lines)
            .map(([name, value]) => `${name}=${quoteForShell(value)}`)
            .join("\n")}
          wrap
        />
        <NativeForm action={`${applicationPath(applicationId)}secrets/stored`} csrf={csrf}>
          <Button type="submit" variant="primary" icon={<Check aria-hidden />}>
            I have stored it
          </Button>
        </NativeForm>
      </div>
    </Card>
  );
}
