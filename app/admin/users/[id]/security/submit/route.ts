import { setNotice } from "@/lib/http/forms/notice";
import { submitForm } from "@/lib/http/forms/submit-form";
import { userPath } from "@/lib/http/paths";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import type { ServiceContext } from "@/lib/services/context";
import { disableUser, enableUser } from "@/lib/services/users/manage/disable-users";
import { requireNewPassword } from "@/lib/services/users/manage/require-new-password";
import { signOutUser } from "@/lib/services/users/manage/sign-out-users";
import { userPost } from "../../_components/user-route";

interface Action {
  notice: string;
  run: (context: ServiceContext, id: string, reason: string) => Promise<void>;
}

const actions: Readonly<Record<string, Action>> = {
  disable: { notice: "disabled", run: (context, id, reason) => disableUser(context, { id, reason }) },
  enable: { notice: "enabled", run: (context, id) => enableUser(context, { id }) },
  "sign-out": { notice: "signed-out", run: (context, id) => signOutUser(context, { id }) },
  "require-password": { notice: "password-required", run: (context, id) => requireNewPassword(context, { id }) },
};

export const POST = userPost((form, { id, page, context }) => {
  const [name = "", reason = ""] = [form.get("action"), form.get("reason")];
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action) throw new InvalidRequestError("The form has an action that does not belong to it.");
  const path = userPath(id, "security/");
  return submitForm({ page, rejected: `${path}?rejected`, again: path, values: { reason } }, async () => {
    await action.run(context, id, reason);
    await setNotice(page, action.notice);
    return path;
  });
});
