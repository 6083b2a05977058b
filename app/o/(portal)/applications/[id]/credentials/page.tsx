import type { Metadata } from "next";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { readSecretFlash } from "@/lib/http/forms/secret-flash";
import { usesClientSecret } from "@/lib/services/applications/credentials/uses-client-secret";
import { KeysCard } from "../_components/access-card";
import { AddSecretForm } from "../_components/add-secret-form";
import { ApplicationPage, type TabProps, titleOfTab } from "../_components/application-page";
import { loadApplication } from "../_components/load-application";
import { SecretsCard } from "../_components/secrets-card";
import { SettingForms } from "../_components/setting-forms";

export function generateMetadata(props: TabProps): Promise<Metadata> {
  return titleOfTab(props, "credentials");
}

export default async function CredentialsPage({ params, searchParams }: TabProps) {
  const { id } = await params;
  const loaded = await loadApplication(id, "credentials");
  const { application, changeable } = loaded;
  const { rejected } = await searchParams;
  const flash = rejected === "secret" ? await readFormFlash(`/o/applications/${id}`) : null;
  const hasNewSecret = (await readSecretFlash(id)) !== null;
  return (
    <ApplicationPage loaded={loaded} current="credentials">
      {usesClientSecret(application) && (
        <SecretsCard applicationId={id} secrets={application.secrets} changeable={changeable}>
          {changeable && !hasNewSecret && (
            <AddSecretForm applicationId={id} csrf={await getCsrfToken()} rejected={flash} />
          )}
        </SecretsCard>
      )}
      {(application.jwks || application.jwksUri) && <KeysCard application={application} />}
      {changeable && application.clientType === "confidential" && (
        <SettingForms loaded={loaded} sections={["authentication"]} />
      )}
    </ApplicationPage>
  );
}
