import { describeScopes } from "@/app/_components/describe-scopes";
import { getLocale } from "@/lib/messages/request-locale";
import { findApplicationNames } from "@/lib/services/applications/client-presentation";
import type { Authorization } from "@/lib/services/authorizations/find-authorizations";

/** The applications and scopes by their names in the reader's language, as the consent page had them. */
export async function localizeAuthorizations(authorizations: readonly Authorization[]): Promise<Authorization[]> {
  const locale = await getLocale();
  const all = new Map(authorizations.flatMap(({ scopes }) => scopes.map((scope) => [scope.name, scope])));
  const described = new Map((await describeScopes([...all.values()], locale)).map((scope) => [scope.name, scope]));
  const names = await findApplicationNames(
    authorizations.map(({ applicationId }) => applicationId),
    locale,
  );
  return authorizations.map((authorization) => ({
    ...authorization,
    name: names.get(authorization.applicationId) ?? authorization.name,
    scopes: authorization.scopes.map((scope) => described.get(scope.name) ?? scope),
  }));
}
