"use client";

import { type CheckedForm, type FormAction, useCheckedForm } from "@/app/_components/form/use-checked-form";
import { useProblems } from "@/components/texts/use-problems";
import { fillInSettings, findTypedNames, isTextField } from "../fields/form-elements";
import type { ApplicationFieldName, ApplicationValues } from "./application-fields";
import { type ApplicationRules, checkApplication, toApplicationErrors } from "./application-rules";
import { readApplicationValues } from "./application-values";

/** The behavior of the form: a kind of application brings its settings. */
export function useApplicationForm(
  action: FormAction,
  initial: ApplicationValues,
  rules: ApplicationRules,
): CheckedForm<ApplicationValues> {
  const read = useProblems();
  return useCheckedForm<ApplicationValues>({
    action,
    initial,
    read: readApplicationValues,
    check: (values) => checkApplication(values, rules, read),
    toErrors: toApplicationErrors,
    onReady: (form) => {
      fillInSettings(form);
      return findTypedNames(form);
    },
    onChange: judgeAfterChange,
  });
}

/** After any change, an error of another field may no longer apply. */
function judgeAfterChange(
  form: HTMLFormElement | null,
  changed: HTMLElement,
  wrong: ApplicationFieldName[],
): ApplicationFieldName[] {
  if (!("name" in changed)) return [];
  if (changed.name === "kind") fillInSettings(form);
  const others = wrong.filter((name) => name !== changed.name);
  return isTextField(changed)
    ? others
    : [...others, changed.name as ApplicationFieldName, "client_type", "authorization_grant_type"];
}
