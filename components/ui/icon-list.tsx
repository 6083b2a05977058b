import type { ReactNode } from "react";

export interface IconListItem {
  key: string;
  icon: ReactNode;
  title: ReactNode;
  description?: ReactNode;
}

/** Sentences with an icon each: what an application may do, what happens next. */
export function IconList({ items }: { items: readonly IconListItem[] }) {
  return (
    <ul className="grid grid-cols-1 gap-3">
      {items.map((item) => (
        <li
          key={item.key}
          className="flex gap-3 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-accent-text"
        >
          {item.icon}
          <div className="min-w-0">
            <p className="font-medium">{item.title}</p>
            {item.description && <p className="text-note text-muted">{item.description}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
