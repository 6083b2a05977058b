"use client";

import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { ErrorSummary } from "@/app/_components/form/error-summary";
import { type FormAction, useCheckedForm } from "@/app/_components/form/use-checked-form";
import { SaveBar } from "@/components/editing/save-bar";
import { useProblems } from "@/components/texts/use-problems";
import { useTexts } from "@/components/texts/use-texts";
import { TextLink } from "@/components/ui/link";
import { type SettingName, settingOf } from "@/lib/oauth/ports/client-settings";
import { findTypedNames } from "../fields/form-elements";
import { type ApplicationFieldName, type ApplicationValues, toFieldName } from "../form/application-fields";
import { checkApplication, toApplicationErrors } from "../form/application-rules";
import { SectionFields } from "./section-fields";
import type { SectionSettings } from "./section-settings";
import { fieldsOfSection, type SettingSection, withSection } from "./setting-sections";
import { StoredChoices } from "./stored-choices";

export interface SettingSectionFormProps {
  section: SettingSection;
  action: FormAction;
  settings: SectionSettings;
  saved: boolean;
  /** Whether it is closed until someone opens it, saves it, or is told of an error in it. */
  folded?: boolean;
}

/** One section of an application's settings: a form that sends its own fields, under the rules for all of them. */
export function SettingSectionForm({ section, action, settings, saved, folded }: SettingSectionFormProps) {
  const { stored, grantsPrivileges, allowHttp, privateSchemes, csrf, wholeForm } = settings;
  const t = useTexts("applicationSections");
  const read = useProblems();
  const titleId = useId();
  const own = fieldsOfSection(section);
  const policy = { allowHttp, privateSchemes: grantsPrivileges ? "any" : privateSchemes } as const;
  const form = useCheckedForm<ApplicationValues>({
    action,
    initial: stored,
    read: (getAll) => withSection(stored, section, getAll),
    check: (values) => checkApplication(values, { ...policy, withClientId: false }, read),
    toErrors: toApplicationErrors,
    onReady: (element) => findTypedNames(element).filter((name) => own.includes(name)),
    onChange: (_form, changed, wrong) =>
      "name" in changed && own.includes(changed.name as ApplicationFieldName)
        ? [...new Set([...wrong, changed.name as ApplicationFieldName])]
        : wrong,
  });
  const offers = (name: SettingName) =>
    settingOf(name).decidedBy !== "administrator" || grantsPrivileges || stored[toFieldName(name)] === true;
  // Those beside a field say so there.
  const elsewhere = Object.entries(form.rejection.errors).filter(
    ([name]) => !own.includes(name as ApplicationFieldName),
  );
  const heading = (
    <>
      <h2 id={titleId} className="text-lead font-semibold tracking-[-0.01em]">
        {t(`sections.${section}.title`)}
      </h2>
      <p className="max-w-prose text-note text-muted">{t(`sections.${section}.description`)}</p>
    </>
  );
  const content = (
    <form {...form.formProps} className="group/form">
      <input type="hidden" name="csrf" value={csrf} />
      <StoredChoices stored={stored} own={own} />
      <div className="fields px-4 py-5 sm:px-5">
        <ErrorSummary
          errors={Object.fromEntries(elsewhere)}
          formError={form.rejection.formError}
          isShown={() => false}
        />
        {elsewhere.length > 0 && (
          <p className="-mt-2 text-note">
            <TextLink href={wholeForm}>{t("changeTogether")}</TextLink>
          </p>
        )}
        <SectionFields section={section} form={{ ...form, offers, policy }} settings={settings} />
      </div>
      <SaveBar
        saved={saved}
        rejected={form.returned}
        pending={form.pending}
        errors={own.filter((name) => form.errors[name]).length}
      />
    </form>
  );
  return (
    <section
      id={section}
      aria-labelledby={titleId}
      className="min-w-0 scroll-mt-20 overflow-clip rounded-lg border border-line bg-surface shadow-low"
    >
      {folded ? (
        <details open={saved || form.returned} className="group/section">
          <summary className="flex min-h-11 items-center justify-between gap-4 px-4 py-3.5 hover:bg-hover sm:px-5">
            <span className="grid gap-0.5">{heading}</span>
            <ChevronDown
              className="size-4 shrink-0 text-muted transition-transform group-open/section:rotate-180"
              aria-hidden
            />
          </summary>
          {content}
        </details>
      ) : (
        <>
          <div className="grid gap-0.5 px-4 pt-4 sm:px-5">{heading}</div>
          {content}
        </>
      )}
    </section>
  );
}
