"use server";

import { type FormState, readTexts, runFormAction } from "@/lib/http/forms/form-action";
import { formPlaces } from "@/lib/http/forms/form-places";
import { addToInvitationFlash, invitationsFlashPath, requireRoomForLinks } from "@/lib/http/forms/invitation-flash";
import { setNotice } from "@/lib/http/forms/notice";
import { invitationsPath } from "@/lib/http/paths";
import { createInvitation } from "@/lib/services/invitations/create-invitation";
import { readInvitationValues, toInvitationInput } from "./_components/invitation-values";

export async function submitInvitations(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, formPlaces.invitations, async (context) => {
    const input = toInvitationInput(readInvitationValues((name) => readTexts(form, name)));
    if (input.delivery === "copy") await requireRoomForLinks(input.emails.length);
    const { invitations } = await createInvitation(context, input);
    if (input.delivery === "copy") await addToInvitationFlash(invitations);
    else await setNotice(invitationsFlashPath, "sent");
    return invitationsPath;
  });
}
