export interface Loss {
  /** "1 application", "3 APIs". */
  count: string;
  text: string;
}

/** What ends together with something that is deleted, in numbers. */
export function Losses({ items }: { items: readonly Loss[] }) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2">
      {items.map(({ count, text }) => (
        <li key={count} className="grid content-start gap-0.5 rounded-md border border-line bg-sunken p-3">
          <p className="text-base font-semibold">{count}</p>
          <p className="text-[0.8125rem] text-muted">{text}</p>
        </li>
      ))}
    </ul>
  );
}
