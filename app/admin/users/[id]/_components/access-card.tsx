import { DangerRow } from "@/app/o/(portal)/_components/danger-zone";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { TextField } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { userPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { UserDetails } from "@/lib/services/users/manage/get-user";
import { UserStatus } from "../../_components/user-status";
import type { LoadedUser } from "./load-user";

export interface AccessCardProps {
  loaded: LoadedUser;
  csrf: string;
  rejected: FormFlash | null;
}

/** Whether the user can sign in, and how that is ended or allowed again. */
export async function AccessCard({ loaded, csrf, rejected }: AccessCardProps) {
  const { user, changeable, endsSessions, isOwn } = loaded;
  const { id, disabled, portalRole } = user;
  const t = await getTexts("users");
  const action = userPath(id, "security/submit");
  return (
    <Card
      title={t("security.access.title")}
      description={disabled ? <Disabling disabled={disabled} /> : t("security.access.active")}
      actions={<UserStatus disabled={disabled !== null} portalRole={portalRole} />}
      flush
    >
      <div className="divide-y divide-line">
        {disabled?.reason && (
          <p className="px-4 py-4 wrap-anywhere sm:px-5">{t("security.access.reason", { reason: disabled.reason })}</p>
        )}
        {endsSessions && !disabled && (
          <DangerRow title={t("security.access.signOutTitle")} description={t("security.access.signOutDescription")}>
            <NativeForm action={action} csrf={csrf} fields={{ action: "sign-out" }} className="grid">
              <Button type="submit">{t("security.access.signOut")}</Button>
            </NativeForm>
          </DangerRow>
        )}
        {changeable && disabled && (
          <DangerRow title={t("security.access.enableTitle")} description={t("security.access.enableDescription")}>
            <NativeForm action={action} csrf={csrf} fields={{ action: "enable" }} className="grid">
              <Button type="submit">{t("security.access.enable")}</Button>
            </NativeForm>
          </DangerRow>
        )}
        {changeable && !disabled && !isOwn && (
          <div className="grid grid-cols-1 gap-4 px-4 py-4 sm:px-5">
            <div className="grid gap-0.5">
              <p className="font-medium">{t("security.access.disableTitle")}</p>
              <p className="max-w-prose text-note text-muted">{t("security.access.disableDescription")}</p>
            </div>
            <NativeForm
              action={action}
              csrf={csrf}
              fields={{ action: "disable" }}
              className="grid grid-cols-1 items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto]"
            >
              <TextField
                name="reason"
                label={t("security.access.disableReason")}
                hint={t("security.access.disableReasonHint")}
                defaultValue={rejected?.values.reason}
                error={rejected?.fieldErrors.reason?.join(" ")}
                maxLength={200}
                autoComplete="off"
                optional
              />
              <Button type="submit" variant="danger-quiet">
                {t("security.access.disable")}
              </Button>
            </NativeForm>
          </div>
        )}
        {changeable && isOwn && <p className="px-4 py-4 text-muted sm:px-5">{t("security.access.own")}</p>}
      </div>
    </Card>
  );
}

async function Disabling({ disabled }: { disabled: NonNullable<UserDetails["disabled"]> }) {
  const t = await getTexts("users");
  const { at, by } = disabled;
  const time = () => <RelativeTime date={at} />;
  if (!by) return t.rich("security.access.disabledAt", { time });
  return t.rich("security.access.disabledBy", {
    time,
    user: () => <TextLink href={userPath(by.id)}>{by.username}</TextLink>,
  });
}
