import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";
import { joinClasses } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { getTexts } from "@/lib/messages/request-locale";
import { type Account, AccountMenu } from "./account-menu";
import { Brand } from "./brand";

export interface TopBarProps {
  /** The signed-in user; without one the bar offers to sign in. */
  account?: Account | undefined;
  /** As wide as the window, for a page with a side navigation. */
  wide?: boolean;
  /** Before the brand. */
  start?: ReactNode;
  /** After the brand. */
  children?: ReactNode;
  /** After the account. */
  end?: ReactNode;
}

/** The bar at the top of every portal page: brand, and who is signed in. */
export async function TopBar({ account, wide, start, children, end }: TopBarProps) {
  const t = await getTexts("layout");
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-surface">
      <div
        className={joinClasses(
          "flex h-14 items-center gap-2 px-4 sm:px-6",
          wide ? "max-lg:px-3 lg:px-5" : "mx-auto max-w-6xl sm:gap-6",
        )}
      >
        {start}
        <Link href="/" className="flex rounded-md py-1" aria-label={t("home")}>
          <Brand />
        </Link>
        {children}
        <div className="ms-auto flex items-center gap-1">
          {account ? (
            <AccountMenu {...account} />
          ) : (
            <ButtonLink href="/login" size="sm">
              {t("signIn")}
            </ButtonLink>
          )}
          {end}
        </div>
      </div>
    </header>
  );
}
