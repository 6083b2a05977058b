"use server";

import { setFlash } from "@/lib/http/flash";
import { type FormState, readTexts, runFormAction } from "@/lib/http/form-action";
import { updateProfile } from "@/lib/services/users/update-profile";
import { readProfileValues, toProfileInput } from "./profile/_components/profile-values";

export async function submitProfile(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async (context) => {
    await updateProfile(context, toProfileInput(readProfileValues((name) => readTexts(form, name))));
    await setFlash("notice", "profile-saved", { path: "/account", maxAge: 60 });
    return "/account/";
  });
}
