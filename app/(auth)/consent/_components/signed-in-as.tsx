import { NativeForm } from "@/components/layout/native-form";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";

export type SignedInAsProps = {
  user: { username: string; email: string };
  csrf: string;
  /** Signs out and continues with the same request, which `fields` identify. */
  signOutAction: string;
  fields: Readonly<Record<string, string>>;
};

/** The account concerned, and a way to use another one for the same request. */
export function SignedInAs({ user, csrf, signOutAction, fields }: SignedInAsProps) {
  return (
    <div className="flex items-center gap-3 rounded-lg border border-line bg-sunken py-2.5 pr-2.5 pl-3">
      <Avatar name={user.username} />
      <div className="min-w-0 flex-1 leading-5">
        <p className="truncate font-medium">
          <span className="sr-only">You are signed in as </span>
          {user.username}
        </p>
        <p className="truncate text-[0.8125rem] text-muted">{user.email}</p>
      </div>
      <NativeForm action={signOutAction} csrf={csrf} fields={fields} className="shrink-0">
        <Button type="submit" size="sm">
          Not you?
        </Button>
      </NativeForm>
    </div>
  );
}
