import { describeScopes } from "@/app/_components/describe-scopes";
import { bdi } from "@/components/texts/rich-tags";
import { Badge } from "@/components/ui/badge";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import type { Scope } from "@/lib/oauth/ports/types";
import { groupScopes } from "./scope-groups";
import { ScopeList } from "./scope-list";

export interface RequestedScopesProps {
  application: string;
  scopes: readonly Scope[];
  newScopes: readonly string[];
  /** The user's own values that a scope would show, by scope. */
  details?: Readonly<Record<string, string>>;
}

/** What the application may do afterwards, as sentences. What the user hasn't allowed it before is marked. */
export async function RequestedScopes({ application, scopes, newScopes, details = {} }: RequestedScopesProps) {
  const [locale, t] = [await getLocale(), await getTexts("consent")];
  const groups = groupScopes(await describeScopes(scopes, locale));
  // A few sentences are read faster without headings between them.
  const named = groups.length > 1 && scopes.length > 4;
  const someAreKnown = newScopes.length < scopes.length;
  const newMark = (
    <Badge tone="accent" icon={null}>
      {t("scopes.new")}
    </Badge>
  );
  return (
    <ScopeList
      heading={t.rich("scopes.heading", { application, bdi })}
      note={
        someAreKnown ? t(newScopes.length === 0 ? "scopes.allAllowedBefore" : "scopes.someAllowedBefore") : undefined
      }
      groups={groups.map(({ kind, scopes: members }) => ({
        kind,
        heading: named ? t(`scopes.kinds.${kind}`) : null,
        scopes: members.map((scope) => ({
          ...scope,
          mark: someAreKnown && newScopes.includes(scope.name) && newMark,
          detail: details[scope.name],
        })),
      }))}
    />
  );
}
