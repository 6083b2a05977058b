import { Eye, KeyRound, PencilLine } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { joinClasses } from "@/components/ui/class-names";
import { IconList } from "@/components/ui/icon-list";
import type { Scope } from "@/lib/oauth/ports/types";
import { groupScopes, type ScopeKind } from "./scope-groups";

const looks: Record<ScopeKind, { heading: string; icon: ReactNode }> = {
  read: { heading: "See", icon: <Eye aria-hidden /> },
  write: { heading: "Make changes", icon: <PencilLine aria-hidden /> },
  other: { heading: "Other access", icon: <KeyRound aria-hidden /> },
};

export type RequestedScopesProps = {
  application: string;
  scopes: readonly Scope[];
  newScopes: readonly string[];
  /** The user's own values that a scope would show, by scope. */
  details?: Readonly<Record<string, string>>;
};

/** What the application may do afterwards, as sentences. What the user hasn't allowed it before is marked. */
export function RequestedScopes({ application, scopes, newScopes, details = {} }: RequestedScopesProps) {
  const groups = groupScopes(scopes);
  // A few sentences are read faster without headings between them.
  const named = groups.length > 1 && scopes.length > 4;
  const someAreKnown = newScopes.length < scopes.length;
  return (
    <section className={joinClasses("grid", named ? "gap-4" : "gap-3")} aria-labelledby="requested-scopes">
      <div className="grid gap-0.5">
        <h2 id="requested-scopes" className="font-semibold wrap-anywhere">
          <bdi>{application}</bdi> will be able to:
        </h2>
        {someAreKnown && <p className="text-[0.8125rem] text-muted">{describeKnown(newScopes.length)}</p>}
      </div>
      {groups.map(({ kind, scopes: members }) => (
        <div key={kind} className="grid grid-cols-1 gap-2.5">
          {named && <h3 className="text-[0.8125rem] font-medium text-muted">{looks[kind].heading}</h3>}
          <IconList
            items={members.map(({ name, description }) => ({
              key: name,
              icon: looks[kind].icon,
              title: (
                <span className="font-normal wrap-anywhere">
                  {description}{" "}
                  {someAreKnown && newScopes.includes(name) && (
                    <span className="ml-1 inline-block align-[0.0625rem]">
                      <Badge tone="accent" icon={null}>
                        New
                      </Badge>
                    </span>
                  )}
                </span>
              ),
              description: details[name] && <bdi className="wrap-anywhere">{details[name]}</bdi>,
            }))}
          />
        </div>
      ))}
    </section>
  );
}

function describeKnown(newCount: number): string {
  return newCount === 0
    ? "You allowed all of this before."
    : "You allowed some of this before. New permissions are marked.";
}
