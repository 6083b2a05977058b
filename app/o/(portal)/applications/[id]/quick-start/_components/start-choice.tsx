import { joinClasses } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";

export interface StartChoiceProps {
  label: string;
  choices: readonly { name: string; href: string; current: boolean }[];
}

/** Ways to begin, each with its own address. */
export function StartChoice({ label, choices }: StartChoiceProps) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-2">
        {choices.map(({ name, href, current }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={current ? "true" : undefined}
              className={joinClasses(
                "flex min-h-8 items-center rounded-md border px-3 text-note font-medium transition-colors pointer-coarse:min-h-11",
                current
                  ? "border-accent bg-surface text-text"
                  : "border-line text-muted hover:border-line-strong hover:text-text",
              )}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
