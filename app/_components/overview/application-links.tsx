import { ChevronRight } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { Link } from "@/components/ui/link";

export interface ApplicationLink {
  id: string;
  href: string;
  name: string;
  detail: string;
}

/** A short list of applications, each row a link. */
export function ApplicationLinks({ items }: { items: readonly ApplicationLink[] }) {
  return (
    <ul className="divide-y divide-line">
      {items.map(({ id, href, name, detail }) => (
        <li key={id}>
          <Link
            href={href}
            className="flex min-h-14 items-center gap-3 px-4 py-2.5 transition-colors hover:bg-hover focus-visible:-outline-offset-2 sm:px-5"
          >
            <Avatar name={name} kind="application" />
            <span className="grid min-w-0 flex-1">
              <span className="truncate font-medium">
                <bdi>{name}</bdi>
              </span>
              <span className="truncate text-note text-muted">{detail}</span>
            </span>
            <ChevronRight className="size-4 shrink-0 text-muted rtl:-scale-x-100" aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}
