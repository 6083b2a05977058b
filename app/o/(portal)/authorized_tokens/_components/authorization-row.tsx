import { describeRegistrant } from "@/app/_components/describe-registrant";
import { Avatar } from "@/components/ui/avatar";
import { RelativeTime } from "@/components/ui/time";
import { getTexts } from "@/lib/messages/request-locale";
import type { Authorization } from "@/lib/services/authorizations/find-authorizations";
import { AllowedScopes } from "./allowed-scopes";

/** One application in a line: what it is, and when it was used. */
export async function AuthorizationLine({ authorization: { name, lastUsedAt } }: { authorization: Authorization }) {
  const t = await getTexts("authorizations");
  return (
    <>
      <Avatar name={name} kind="application" size="sm" />
      <h2 className="min-w-0 truncate font-medium">
        <bdi>{name}</bdi>
      </h2>
      <span className="ms-auto shrink-0 text-note text-muted max-sm:hidden">
        {lastUsedAt ? <RelativeTime date={lastUsedAt} /> : t("unused")}
      </span>
    </>
  );
}

/** The rest: what it may do, who registered it, and since when. */
export async function AuthorizationDetails({ authorization }: { authorization: Authorization }) {
  const t = await getTexts("authorizations");
  const { scopes, authorizedAt, lastUsedAt } = authorization;
  return (
    <div className="grid gap-3">
      <AllowedScopes scopes={scopes} />
      <p className="text-note wrap-anywhere text-muted">
        {describeRegistrant(authorization, t)}
        <br />
        {t.rich("authorized", { time: () => <RelativeTime date={authorizedAt} /> })}
        {" · "}
        {lastUsedAt ? t.rich("lastUsed", { time: () => <RelativeTime date={lastUsedAt} /> }) : t("unused")}
      </p>
    </div>
  );
}
