import { joinClasses } from "@/components/ui/class-names";

export interface Loss {
  /** "1 application", "3 APIs". */
  count: string;
  text: string;
}

export interface DeletionImpactProps {
  items: readonly Loss[];
  /** How many are side by side if there is room. */
  columns?: 2 | 3;
}

/** What ends together with something that is deleted, in numbers. */
export function DeletionImpact({ items, columns = 2 }: DeletionImpactProps) {
  return (
    <ul className={joinClasses("grid gap-3", columns === 2 ? "sm:grid-cols-2" : "sm:grid-cols-3")}>
      {items.map(({ count, text }) => (
        <li key={count} className="grid content-start gap-0.5 rounded-md border border-line bg-sunken p-3">
          <p className="text-base font-semibold">{count}</p>
          <p className="text-note text-muted">{text}</p>
        </li>
      ))}
    </ul>
  );
}
