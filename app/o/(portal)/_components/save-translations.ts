import { getCurrentSession } from "@/lib/auth/current-session";
import { clearFormFlash } from "@/lib/http/forms/form-flash";
import { submitForm } from "@/lib/http/forms/submit-form";
import { languagesPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { offeredLocales } from "@/lib/messages/locales";
import type { Parameters } from "@/lib/oauth/wire/parameters";
import { setTranslations } from "@/lib/services/translations/set-translations";
import type { TranslatedObject } from "@/lib/services/translations/translated";
import { translationsFlashPath } from "./translations-flash";

/** Saves the form of `TranslationsPage` and goes to the object's own page, at `href`. */
export async function saveTranslations(
  form: Parameters,
  request: Request,
  object: TranslatedObject,
  href: string,
): Promise<Response> {
  const values = Object.fromEntries(offeredLocales.map((locale) => [locale, form.get(`text#${locale}`) ?? ""]));
  const page = translationsFlashPath(object);
  const path = languagesPath(object.kind, object.id);
  const rejected = `${path}${path.includes("?") ? "&" : "?"}rejected=languages`;
  return submitForm({ page, rejected, values: { ...values, object: object.id } }, async () => {
    await setTranslations(serviceContext(await getCurrentSession(), request.headers), {
      ...object,
      translations: values,
    });
    await clearFormFlash(page);
    return href;
  });
}
