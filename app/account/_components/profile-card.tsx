import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { TextLink } from "@/components/ui/link";
import { getTexts } from "@/lib/messages/request-locale";
import type { Profile } from "@/lib/services/users/get-profile";

export interface ProfileCardProps {
  profile: Profile;
  /** All applications, not only their own. */
  managesAllApplications: boolean;
  /** What has just been done. */
  done: "profile-saved" | "email-changed" | null;
}

/** The user's profile, and links to change it. */
export async function ProfileCard({ profile, managesAllApplications, done }: ProfileCardProps) {
  const t = await getTexts("account");
  const { username, name, givenName, familyName, email, emailVerified, phoneNumber } = profile;
  const fullName = name ?? [givenName, familyName].filter(Boolean).join(" ");
  return (
    <Card
      title={t("you.title")}
      description={t("you.explanation")}
      actions={<ButtonLink href="/account/profile/">{t("you.edit")}</ButtonLink>}
    >
      <div className="grid grid-cols-1 gap-5">
        {done && <Alert tone="success" title={t(`you.saved.${done}`)} announce />}
        <KeyValueList
          items={[
            { label: t("you.username"), value: username },
            { label: t("you.fullName"), value: fullName || <span className="text-muted">{t("you.notSet")}</span> },
            {
              label: t("you.email"),
              value: (
                <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <span className="wrap-anywhere">{email}</span>
                  {emailVerified && <Badge tone="success">{t("you.verified")}</Badge>}
                  <TextLink href="/account/email/">{t("you.changeEmail")}</TextLink>
                </span>
              ),
            },
            ...(phoneNumber === null ? [] : [{ label: t("you.phoneNumber"), value: phoneNumber }]),
            {
              label: t("you.role"),
              value: t(managesAllApplications ? "you.administrator" : "you.user"),
            },
          ]}
        />
      </div>
    </Card>
  );
}
