import type { DeletionConsequences } from "@/lib/services/applications/delete-application";
import { formatCount } from "./format-count";

/** What ends together with an application, in numbers. */
export function LossList({ consequences }: { consequences: DeletionConsequences }) {
  const { people, activeAccessTokens, activeRefreshTokens, countLimit } = consequences;
  const losses = [
    {
      count: formatCount(people, countLimit, "person", "people"),
      text: "allowed it to act for them. That is forgotten.",
    },
    {
      count: formatCount(activeAccessTokens, countLimit, "access token", "access tokens"),
      text: "active now, refused at once.",
    },
    {
      count: formatCount(activeRefreshTokens, countLimit, "refresh token", "refresh tokens"),
      text: "active now, refused at once.",
    },
  ];
  return (
    <ul className="grid gap-3 sm:grid-cols-3">
      {losses.map(({ count, text }) => (
        <li key={count} className="grid content-start gap-0.5 rounded-md border border-line bg-sunken p-3">
          <p className="text-base font-semibold">{count}</p>
          <p className="text-[0.8125rem] text-muted">{text}</p>
        </li>
      ))}
    </ul>
  );
}
