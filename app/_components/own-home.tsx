import { AppWindow, ArrowUpRight, ChevronRight, ShieldCheck, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { bdi } from "@/components/texts/rich-tags";
import { Avatar } from "@/components/ui/avatar";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { logoPath } from "@/lib/http/paths";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import type { LaunchableApplication } from "@/lib/services/home/list-launchable-applications";

export interface OwnHomeProps {
  username: string;
  /** The applications that they may open, by the names that they have in the reader's language. */
  applications: readonly LaunchableApplication[];
  /** Whether they own applications or may register some. */
  hasApplications: boolean;
}

/** The start page of users: the applications that they may open, and their account. */
export async function OwnHome({ username, applications, hasApplications }: OwnHomeProps) {
  const [t, account] = [await getTexts("home"), await getTexts("account")];
  const authorizations = await getTexts("authorizations");
  return (
    <>
      <PageHeader title={t.rich("greeting", { username, bdi })} />
      <div className="grid grid-cols-1 gap-5">
        <Card title={t("launcher.title")} description={applications.length > 0 && t("launcher.explanation")} flush>
          {applications.length > 0 ? (
            <ul className="grid gap-px bg-line sm:grid-cols-2">
              {applications.map((application) => (
                <Tile key={application.id} application={application} />
              ))}
              {applications.length % 2 === 1 && <li aria-hidden className="bg-surface max-sm:hidden" />}
            </ul>
          ) : (
            <EmptyState
              icon={<AppWindow aria-hidden />}
              title={t("launcher.none.title")}
              description={t("launcher.none.explanation")}
            />
          )}
        </Card>
        <Card flush>
          <ul className="divide-y divide-line">
            <OwnPage href="/account/" icon={<UserRound aria-hidden />} title={account("title")}>
              {account("explanation")}
            </OwnPage>
            <OwnPage href="/o/authorized_tokens/" icon={<ShieldCheck aria-hidden />} title={authorizations("title")}>
              {authorizations("explanation")}
            </OwnPage>
            {hasApplications && (
              <OwnPage href="/o/applications/" icon={<AppWindow aria-hidden />} title={t("own.title")}>
                {t("own.explanation")}
              </OwnPage>
            )}
          </ul>
        </Card>
      </div>
    </>
  );
}

async function Tile({ application: { clientId, name, url, hasLogo } }: { application: LaunchableApplication }) {
  return (
    <li className="min-w-0 bg-surface">
      {/* The browser leaves for another site, so the router has no part in it. */}
      <a
        href={url}
        className="group flex min-h-18 items-center gap-3.5 px-4 py-3 transition-colors hover:bg-hover focus-visible:-outline-offset-2 sm:px-5"
      >
        {hasLogo ? (
          <img
            src={logoPath(clientId, await getLocale())}
            alt=""
            loading="lazy"
            className="size-9 shrink-0 rounded-md bg-white object-contain"
          />
        ) : (
          <Avatar name={name} kind="application" />
        )}
        <span className="grid min-w-0 flex-1">
          <span className="truncate font-medium">
            <bdi>{name}</bdi>
          </span>
          <span dir="ltr" className="truncate text-start text-note text-muted">
            <bdi>{new URL(url).host}</bdi>
          </span>
        </span>
        <ArrowUpRight
          className="size-4 shrink-0 text-muted transition-transform group-hover:-translate-y-0.5 rtl:-scale-x-100"
          aria-hidden
        />
      </a>
    </li>
  );
}

function OwnPage({
  href,
  icon,
  title,
  children,
}: {
  href: string;
  icon: ReactNode;
  title: string;
  children: ReactNode;
}) {
  return (
    <li>
      <Link
        href={href}
        className="flex min-h-14 items-center gap-3.5 px-4 py-3 transition-colors hover:bg-hover focus-visible:-outline-offset-2 sm:px-5 [&_svg]:shrink-0 [&_svg]:text-muted [&>svg:first-child]:size-5"
      >
        {icon}
        <span className="grid min-w-0 flex-1">
          <span className="font-medium">{title}</span>
          <span className="text-note text-muted">{children}</span>
        </span>
        <ChevronRight className="size-4 rtl:-scale-x-100" aria-hidden />
      </Link>
    </li>
  );
}
