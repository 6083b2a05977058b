import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { TextLink } from "@/components/ui/link";
import type { Profile } from "@/lib/services/users/get-profile";

export interface ProfileCardProps {
  profile: Profile;
  /** All applications, not only their own. */
  managesAllApplications: boolean;
  /** What has just been done. */
  done: "profile-saved" | "email-changed" | null;
}

const doneTexts = {
  "profile-saved": "Your profile was saved",
  "email-changed": "Your e-mail address was changed",
} as const;

/** The user's profile, and links to change it. */
export function ProfileCard({ profile, managesAllApplications, done }: ProfileCardProps) {
  const { username, name, givenName, familyName, email, emailVerified, phoneNumber } = profile;
  const fullName = name ?? [givenName, familyName].filter(Boolean).join(" ");
  return (
    <Card
      title="You"
      description="Applications see only what you allow."
      actions={<ButtonLink href="/account/profile/">Edit profile</ButtonLink>}
    >
      <div className="grid grid-cols-1 gap-5">
        {done && <Alert tone="success" title={doneTexts[done]} announce />}
        <KeyValueList
          items={[
            { label: "Username", value: username },
            { label: "Full name", value: fullName || <span className="text-muted">Not set</span> },
            {
              label: "E-mail address",
              value: (
                <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <span className="wrap-anywhere">{email}</span>
                  {emailVerified && <Badge tone="success">Verified</Badge>}
                  <TextLink href="/account/email/">Change</TextLink>
                </span>
              ),
            },
            ...(phoneNumber === null ? [] : [{ label: "Phone number", value: phoneNumber }]),
            {
              label: "Role",
              value: managesAllApplications ? "Administrator: manages every application on this server" : "User",
            },
          ]}
        />
      </div>
    </Card>
  );
}
