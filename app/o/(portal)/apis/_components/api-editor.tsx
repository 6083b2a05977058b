import { TextsProvider } from "@/components/texts/texts-provider";
import { getCsrfToken } from "@/lib/auth/csrf";
import { browserTexts } from "@/lib/messages/browser-texts";
import { localeOf } from "@/lib/messages/catalog";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { accessTokenLifetimes } from "@/lib/services/apis/api-schema";
import { ApiForm, type ApiFormProps } from "./api-form";
import { formatLifetime } from "./token-formats";

export interface ApiEditorProps extends Omit<ApiFormProps, "csrf" | "hints"> {
  /** The default lifetime of access tokens, in seconds. */
  serverLifetime: number;
}

/** The form of an API with its texts. */
export async function ApiEditor({ serverLifetime, ...form }: ApiEditorProps) {
  const [locale, t] = [await getLocale(), await getTexts("apiForm")];
  return (
    <TextsProvider texts={browserTexts(locale, ["apiForm", "fieldProblems", "consoleFieldProblems"])}>
      <ApiForm
        {...form}
        csrf={await getCsrfToken()}
        hints={{
          identifier: t.rich("identifier.hint", { code: (chunks) => <code className="font-mono">{chunks}</code> }),
          accessTokenLifetime: t("accessTokenLifetime.hint", {
            ...accessTokenLifetimes,
            default: serverLifetime,
            lifetime: formatLifetime(serverLifetime, localeOf("apiForm", locale)),
          }),
        }}
      />
    </TextsProvider>
  );
}
