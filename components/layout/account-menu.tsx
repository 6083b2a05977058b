import { ChevronDown, LogOut, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Link } from "@/components/ui/link";
import { getTexts } from "@/lib/messages/request-locale";
import { Dropdown } from "./dropdown";
import { NativeForm } from "./native-form";

export interface Account {
  /** Display name, or the username if there is none. */
  name: string;
  email?: string;
  links?: readonly { href: string; label: string; icon?: ReactNode }[];
  csrf: string;
}

const entryClasses =
  "flex min-h-9 w-full cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-start text-text transition-colors hover:bg-hover focus-visible:-outline-offset-2 max-sm:min-h-11 pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:text-muted";

/** Who is signed in, their own pages, and the way out. */
export async function AccountMenu({ name, email, links = [], csrf }: Account) {
  const t = await getTexts("layout");
  const ownLinks = [{ href: "/account/", label: t("yourAccount"), icon: <UserRound aria-hidden /> }];
  return (
    <Dropdown
      summaryClassName="flex min-h-9 items-center gap-2 rounded-md px-1.5 transition-colors hover:bg-hover max-sm:min-h-11 pointer-coarse:min-h-11"
      summary={
        <>
          <Avatar name={name} size="sm" />
          <span className="sr-only">{t("account")} </span>
          <span className="max-w-40 truncate font-medium max-md:sr-only">{name}</span>
          <ChevronDown className="size-4 text-muted transition-transform group-open:rotate-180" aria-hidden />
        </>
      }
    >
      <div className="flex items-center gap-3 border-b border-line px-4 py-3">
        <Avatar name={name} />
        <div className="min-w-0">
          <p className="truncate font-medium">{name}</p>
          {email && <p className="truncate text-note text-muted">{email}</p>}
        </div>
      </div>
      <ul className="border-b border-line p-1.5">
        {[...ownLinks, ...links].map((link) => (
          <li key={link.href}>
            <Link href={link.href} className={entryClasses}>
              {link.icon}
              {link.label}
            </Link>
          </li>
        ))}
      </ul>
      <NativeForm action="/logout/submit" csrf={csrf} className="p-1.5">
        <button type="submit" className={entryClasses}>
          <LogOut className="rtl:-scale-x-100" aria-hidden />
          {t("signOut")}
        </button>
      </NativeForm>
    </Dropdown>
  );
}
