import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { localeOf } from "@/lib/messages/catalog";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { textsOf } from "@/lib/messages/texts";
import { toSnakeCase } from "@/lib/oauth/wire/spelling";
import type { UserDetails } from "@/lib/services/users/manage/get-user";
import { profileSections } from "./profile-sections";

/** The profile for those who may not change it; `children` are further cards. */
export async function ProfileFacts({ user, children }: { user: UserDetails; children: ReactNode }) {
  const t = await getTexts("users");
  const profile = textsOf("profile", localeOf("users", await getLocale()));
  const notSet = <span className="text-muted">{t("notSet")}</span>;
  return (
    <>
      <Card title={t("profile.account.title")}>
        <KeyValueList
          items={[
            { label: t("profile.username"), value: <bdi>{user.username}</bdi> },
            {
              label: t("profile.email"),
              value: <Marked value={user.email} verified={user.emailVerified} />,
            },
            {
              label: t("profile.phone"),
              value: user.phoneNumber ? (
                <Marked value={user.phoneNumber} verified={user.phoneNumberVerified} />
              ) : (
                notSet
              ),
            },
          ]}
        />
      </Card>
      {(["name", "about", "address"] as const).map((section) => (
        <Card key={section} title={t(`profile.${section}.title`)}>
          <KeyValueList
            items={profileSections[section].map((field) => ({
              label: profile(`fields.${toSnakeCase(field)}`),
              value: user[field] ? <bdi className="whitespace-pre-line">{user[field]}</bdi> : notSet,
            }))}
          />
        </Card>
      ))}
      {children}
      <Card title={t("profile.notes.title")} description={t("profile.notes.description")}>
        <p className="whitespace-pre-line wrap-anywhere">{user.notes ?? notSet}</p>
      </Card>
    </>
  );
}

async function Marked({ value, verified }: { value: string; verified: boolean }) {
  const t = await getTexts("users");
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <bdi className="wrap-anywhere">{value}</bdi>
      <Badge tone={verified ? "success" : "neutral"}>{t(verified ? "verified" : "notVerified")}</Badge>
    </span>
  );
}
