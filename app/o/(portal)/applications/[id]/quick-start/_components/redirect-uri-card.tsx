import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { TextField } from "@/components/ui/field";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { applicationPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";

export interface RedirectUriCardProps {
  applicationId: string;
  /** What the program or template of this page uses. */
  suggestion: string;
  /** The way to begin that is open, which stays open. */
  start: string;
  csrf: string;
  /** What was typed, and its errors. */
  rejected: FormFlash | null;
}

/** Asks for the redirect URI that was left out when the application was registered. */
export async function RedirectUriCard({ applicationId, suggestion, start, csrf, rejected }: RedirectUriCardProps) {
  const t = await getTexts("quickStart");
  return (
    <Card title={t("redirectUri.title")} description={t("redirectUri.description")} id="redirect-uri">
      <NativeForm
        action={applicationPath(applicationId, "quick-start/redirect-uri")}
        csrf={csrf}
        fields={start ? { start } : {}}
        className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_auto]"
      >
        <TextField
          name="redirect_uris"
          label={t("redirectUri.label")}
          hint={t("redirectUri.hint")}
          // Another program suggests another one.
          key={suggestion}
          defaultValue={rejected?.values.redirect_uris ?? suggestion}
          error={rejected?.fieldErrors.redirectUris?.join(" ")}
          inputMode="url"
          mono
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <div className="grid sm:pt-[3.25rem]">
          <Button type="submit" variant="primary">
            {t("redirectUri.save")}
          </Button>
        </div>
      </NativeForm>
    </Card>
  );
}
