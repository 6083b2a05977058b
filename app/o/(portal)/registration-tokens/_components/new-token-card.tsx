import { Check } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { SecretField } from "@/components/ui/secret-field";
import type { RegistrationTokenFlash } from "@/lib/http/forms/registration-token-flash";
import { registrationTokensPath } from "@/lib/http/paths";
import { endpointUrl, toIssuer } from "@/lib/oauth/endpoints";

export interface NewTokenCardProps {
  flash: RegistrationTokenFlash;
  publicUrl: string;
  csrf: string;
}

/** A new token, while only this browser still has it in the clear. */
export function NewTokenCard({ flash: { label, token }, publicUrl, csrf }: NewTokenCardProps) {
  const request = [
    `curl ${endpointUrl(toIssuer(publicUrl), "registration")}`,
    `-H 'Authorization: Bearer ${token}'`,
    "-H 'Content-Type: application/json'",
    `-d '{"client_name": "My app", "redirect_uris": ["https://app.example.com/callback"]}'`,
  ];
  return (
    <Card title={`New token: ${label}`} id="new-token">
      <div className="grid grid-cols-1 gap-4">
        <Alert tone="warning" title="Store this token now">
          You can't view this token again later. This browser shows it until you confirm that you have stored it, for an
          hour at most.
        </Alert>
        <SecretField label="Initial access token" what="initial access token" value={token} />
        <CodeBlock title="Register an application" code={request.join(" \\\n  ")} wrap />
        <NativeForm action={`${registrationTokensPath}stored`} csrf={csrf}>
          <Button type="submit" variant="primary" icon={<Check aria-hidden />}>
            I have stored it
          </Button>
        </NativeForm>
      </div>
    </Card>
  );
}
