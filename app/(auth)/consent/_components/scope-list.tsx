import { Eye, KeyRound, PencilLine } from "lucide-react";
import type { ReactNode } from "react";
import { joinClasses } from "@/components/ui/class-names";
import { IconList } from "@/components/ui/icon-list";
import type { ScopeKind } from "./scope-groups";

const icons: Record<ScopeKind, ReactNode> = {
  read: <Eye aria-hidden />,
  write: <PencilLine aria-hidden />,
  other: <KeyRound aria-hidden />,
};

export interface ListedScope {
  name: string;
  description: string;
  /** Stands after the description. */
  mark?: ReactNode;
  /** The user's own values that it would show. */
  detail?: string | undefined;
}

export interface ScopeListProps {
  heading: ReactNode;
  note?: string | undefined;
  /** Without headings if there are only a few scopes. */
  groups: readonly { kind: ScopeKind; heading: string | null; scopes: readonly ListedScope[] }[];
}

/** What an application may do, as sentences with icons. */
export function ScopeList({ heading, note, groups }: ScopeListProps) {
  const named = groups.some((group) => group.heading !== null);
  return (
    <section className={joinClasses("grid", named ? "gap-4" : "gap-3")} aria-labelledby="requested-scopes">
      <div className="grid gap-0.5">
        <h2 id="requested-scopes" className="font-semibold wrap-anywhere">
          {heading}
        </h2>
        {note && <p className="text-note text-muted">{note}</p>}
      </div>
      {groups.map((group) => (
        <div key={group.kind} className="grid grid-cols-1 gap-2.5">
          {group.heading && <h3 className="text-note font-medium text-muted">{group.heading}</h3>}
          <IconList
            items={group.scopes.map(({ name, description, mark, detail }) => ({
              key: name,
              icon: icons[group.kind],
              title: (
                <span className="font-normal wrap-anywhere">
                  {description} {mark && <span className="ms-1 inline-block align-[0.0625rem]">{mark}</span>}
                </span>
              ),
              description: detail && <bdi className="wrap-anywhere">{detail}</bdi>,
            }))}
          />
        </div>
      ))}
    </section>
  );
}
