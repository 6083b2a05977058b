import type { Metadata } from "next";
import { AuthShell } from "@/components/layout/auth-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { devicePath } from "@/lib/http/paths";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { keepUiLocales } from "@/lib/http/ui-locales";
import { getTexts } from "@/lib/messages/request-locale";
import { UserCodeField } from "./_components/user-code-field";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("device");
  return { title: t("title") };
}

/** RFC 8628 §3.3. With `verification_uri_complete` the code is filled in, but the user still has to submit it. */
export default async function DevicePage({ searchParams }: { searchParams: SearchParams }) {
  const brought = readOne(await searchParams, "user_code");
  const rejected = brought === undefined ? await readFormFlash(devicePath) : null;
  const t = await getTexts("device");
  return (
    <AuthShell title={t("title")} description={t("explanation")} footer={t("warning")}>
      <NativeForm action={await keepUiLocales(`${devicePath}/submit`)} csrf={await getCsrfToken()} className="fields">
        <UserCodeField
          value={(brought ?? rejected?.values.user_code ?? "").slice(0, 50)}
          error={rejected?.fieldErrors.user_code?.join(" ")}
        />
        <Button type="submit" variant="primary" size="lg" block>
          {t("continue")}
        </Button>
      </NativeForm>
    </AuthShell>
  );
}
