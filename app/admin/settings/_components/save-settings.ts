import { getCurrentSession } from "@/lib/auth/current-session";
import { clearFormFlash } from "@/lib/http/forms/form-flash";
import { setNotice } from "@/lib/http/forms/notice";
import { submitForm } from "@/lib/http/forms/submit-form";
import { serviceContext } from "@/lib/http/service-context";
import type { Parameters } from "@/lib/oauth/wire/parameters";
import { NotFoundError } from "@/lib/services/errors";
import { isSecretSetting, savedSettings, settingsSections } from "@/lib/services/settings/saved-settings";
import { updateSettings } from "@/lib/services/settings/update-settings";

/** Saves the section that a form has, and leads back to its page. `page` has no trailing slash. */
export function saveSettings(form: Parameters, request: Request, page: string): Promise<Response> {
  const section = settingsSections.find((name) => name === form.get("section"));
  if (!section) throw new NotFoundError("section");
  // What the environment sets is shown disabled or read-only: only what was really sent is changed.
  const sent = savedSettings[section].flatMap((name) => {
    const value = form.get(name);
    return value === undefined || value === null ? [] : [[name, value] as const];
  });
  const typed = Object.fromEntries(sent.filter(([name]) => !isSecretSetting(name)));
  const place = `${page}/#${section}`;
  return submitForm({ page, rejected: place, values: { ...typed, section } }, async () => {
    const context = serviceContext(await getCurrentSession(), request.headers);
    await updateSettings(context, { values: Object.fromEntries(sent) });
    await clearFormFlash(page);
    await setNotice(page, section);
    return place;
  });
}
