import { Check } from "lucide-react";
import { useTexts } from "@/components/texts/use-texts";
import { RadioCards } from "@/components/ui/choice-cards";
import { joinClasses } from "@/components/ui/class-names";
import { securityProfiles } from "@/lib/oauth/ports/client-choices";
import { messageSigningOnly, profileOnly } from "../form/visibility";
import type { FormControls } from "./form-controls";

const sets = ["ownKey", "pushedRequests", "boundTokens", "algorithms", "redirectUris"] as const;
const messageSigningSets = ["signedRequests", "signedResponses"] as const;

/** One choice that decides many others: the form says which, and omits them. */
export function SecurityProfileFields({ form, locked }: { form: FormControls; locked: boolean }) {
  const { initial, errorOf } = form;
  const t = useTexts("applicationForm");
  const settingTexts = useTexts("applicationSettings");
  return (
    <>
      <RadioCards
        id="security_profile"
        name="security_profile"
        label={t("profile.label")}
        hint={locked ? t("profile.locked") : undefined}
        choices={[
          { value: "", label: t("profile.none.label"), description: t("profile.none.description") },
          ...securityProfiles.map((value) => ({
            value,
            label: settingTexts(`securityProfiles.${value}.label`),
            description: settingTexts(`securityProfiles.${value}.description`),
          })),
        ].map((choice) => ({ ...choice, disabled: locked && choice.value !== initial.security_profile }))}
        defaultValue={initial.security_profile}
        error={errorOf("security_profile")}
      />
      <div className={joinClasses("pb-4", profileOnly)}>
        <div className="rounded-md border border-line bg-sunken p-3">
          <p className="font-medium">{t("profile.effects")}</p>
          <ul className="grid gap-1 pt-1.5">
            {sets.map((name) => (
              <Setting key={name}>{t(`profile.sets.${name}`)}</Setting>
            ))}
            {messageSigningSets.map((name) => (
              <Setting key={name} className={messageSigningOnly}>
                {t(`profile.sets.${name}`)}
              </Setting>
            ))}
          </ul>
        </div>
      </div>
    </>
  );
}

function Setting({ className, children }: { className?: string; children: string }) {
  return (
    <li className={joinClasses("flex gap-2", className)}>
      <Check className="mt-0.5 size-4 shrink-0 text-success-text" aria-hidden />
      <span className="min-w-0 text-note">{children}</span>
    </li>
  );
}
