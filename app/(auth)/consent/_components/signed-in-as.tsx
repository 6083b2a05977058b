import { NativeForm } from "@/components/layout/native-form";
import { bdi } from "@/components/texts/rich-tags";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { getTexts } from "@/lib/messages/request-locale";

export interface SignedInAsProps {
  user: { username: string; email: string };
  csrf: string;
  /** Signs out and continues with the same request, which `fields` identify. */
  signOutAction: string;
  fields: Readonly<Record<string, string>>;
}

/** The account concerned, and a way to use another one for the same request. */
export async function SignedInAs({ user, csrf, signOutAction, fields }: SignedInAsProps) {
  const t = await getTexts("consent");
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-sunken py-2.5 ps-3 pe-2.5">
      <Avatar name={user.username} />
      <div className="min-w-0 flex-1 basis-24 leading-5">
        <p className="truncate font-medium">
          {t.rich("signedInAs", {
            username: user.username,
            hidden: (chunks) => <span className="sr-only">{chunks}</span>,
            bdi,
          })}
        </p>
        <p className="truncate text-note text-muted">{user.email}</p>
      </div>
      <NativeForm action={signOutAction} csrf={csrf} fields={fields} className="max-w-full shrink-0">
        <Button type="submit" size="sm">
          {t("switchAccount")}
        </Button>
      </NativeForm>
    </div>
  );
}
