import { describeRegistrant } from "@/app/_components/describe-registrant";
import { Avatar } from "@/components/ui/avatar";
import { ButtonLink } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/time";
import { getTexts } from "@/lib/messages/request-locale";
import type { Authorization } from "@/lib/services/authorizations/list-authorizations";
import { AllowedScopes } from "./allowed-scopes";

/** One application in the list: what it is, what it may do, since when, and a way to revoke it. */
export async function AuthorizationItem({ authorization }: { authorization: Authorization }) {
  const t = await getTexts("authorizations");
  const { applicationId, name, scopes, authorizedAt, lastUsedAt } = authorization;
  return (
    <li className="flex flex-col gap-4 px-4 py-5 sm:flex-row sm:items-start sm:px-5">
      <Avatar name={name} kind="application" />
      <div className="grid min-w-0 flex-1 gap-3">
        <div className="grid gap-0.5">
          <h2 className="text-[0.9375rem] font-semibold wrap-anywhere">
            <bdi>{name}</bdi>
          </h2>
          <p className="text-[0.8125rem] text-muted">{describeRegistrant(authorization, t)}</p>
        </div>
        <AllowedScopes scopes={scopes} />
        <p className="text-[0.8125rem] text-muted">
          {t.rich("authorized", { time: () => <RelativeTime date={authorizedAt} /> })}
          {" · "}
          {lastUsedAt ? t.rich("lastUsed", { time: () => <RelativeTime date={lastUsedAt} /> }) : t("unused")}
        </p>
      </div>
      <div className="grid shrink-0">
        <ButtonLink
          href={`/o/authorized_tokens/${applicationId}/delete/`}
          variant="danger-quiet"
          aria-label={t("revokeOf", { name })}
        >
          {t("revoke")}
        </ButtonLink>
      </div>
    </li>
  );
}
