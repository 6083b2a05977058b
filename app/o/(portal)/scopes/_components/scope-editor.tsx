import { TextsProvider } from "@/components/texts/texts-provider";
import { getCsrfToken } from "@/lib/auth/csrf";
import { browserTexts } from "@/lib/messages/browser-texts";
import { getLocale } from "@/lib/messages/request-locale";
import { ScopeForm, type ScopeFormProps } from "./scope-form";

/** The form of a scope with its texts. */
export async function ScopeEditor(form: Omit<ScopeFormProps, "csrf">) {
  return (
    <TextsProvider texts={browserTexts(await getLocale(), ["scopeForm", "fieldProblems", "consoleFieldProblems"])}>
      <ScopeForm {...form} csrf={await getCsrfToken()} />
    </TextsProvider>
  );
}
