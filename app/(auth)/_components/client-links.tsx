import { Fragment } from "react";
import { bdi } from "@/components/texts/rich-tags";
import { getTexts } from "@/lib/messages/request-locale";
import type { LocalizedDescription } from "@/lib/services/applications/client-presentation";

const links = ["client_uri", "policy_uri", "tos_uri"] as const;

/** Whether there is anything to link to. */
export function hasClientLinks(description: LocalizedDescription): boolean {
  return links.some((member) => description[member] !== undefined);
}

/** What an application tells the users who sign in to it (OpenID Connect Dynamic Client Registration §2). */
export async function ClientLinks({
  application,
  description,
}: {
  application: string;
  description: LocalizedDescription;
}) {
  const t = await getTexts("login");
  const given = links.flatMap((member) => {
    const href = description[member];
    return href === undefined ? [] : [{ href, label: t(`clientLinks.${member}`) }];
  });
  const list = given.map(({ href, label }, index) => (
    <Fragment key={label}>
      {index > 0 && " · "}
      {/* In a new tab: sign-in continues here. */}
      <a
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="rounded-sm py-1 whitespace-nowrap font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current"
      >
        {label}
      </a>
    </Fragment>
  ));
  return t.rich("clientLinks.all", { application, bdi, links: () => list });
}
