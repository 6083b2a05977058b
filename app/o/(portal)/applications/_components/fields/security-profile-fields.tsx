import { Check } from "lucide-react";
import { RadioCards } from "@/components/ui/choice-cards";
import { joinClasses } from "@/components/ui/class-names";
import { messageSigningOnly, profileOnly } from "../form/visibility";
import { securityProfileTexts } from "../security-profiles";
import type { FormControls } from "./form-controls";

/** One choice that decides many others: the form says which, and omits them. */
export function SecurityProfileFields({ form, locked }: { form: FormControls; locked: boolean }) {
  const { initial, errorOf } = form;
  const { fapi2_security: base, fapi2_message_signing: signing } = securityProfileTexts;
  return (
    <>
      <RadioCards
        id="security_profile"
        name="security_profile"
        label="Profile"
        hint={locked ? "An administrator set this profile. Only an administrator can change or remove it." : undefined}
        choices={[
          { value: "", label: "None", description: "Only the options you choose. Right for most." },
          ...Object.entries(securityProfileTexts).map(([value, { label, description }]) => ({
            value,
            label,
            description,
          })),
        ].map((choice) => ({ ...choice, disabled: locked && choice.value !== initial.security_profile }))}
        defaultValue={initial.security_profile}
        error={errorOf("security_profile")}
      />
      <div className={joinClasses("pb-4", profileOnly)}>
        <div className="rounded-md border border-line bg-sunken p-3">
          <p className="font-medium">What the profile sets</p>
          <ul className="grid gap-1 pt-1.5">
            {base.sets.map((text) => (
              <Setting key={text}>{text}</Setting>
            ))}
            {signing.sets.map((text) => (
              <Setting key={text} className={messageSigningOnly}>
                {text}
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
      <span className="min-w-0 text-[0.8125rem]">{children}</span>
    </li>
  );
}
