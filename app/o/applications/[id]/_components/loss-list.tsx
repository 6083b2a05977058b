import type { DeletionConsequences } from "@/lib/services/applications/delete-application";
import { Losses } from "../../../_components/losses";
import { formatCount } from "./format-count";

/** What ends together with an application, in numbers. */
export function LossList({ consequences }: { consequences: DeletionConsequences }) {
  const { people, activeAccessTokens, activeRefreshTokens, countLimit } = consequences;
  return (
    <Losses
      columns={3}
      items={[
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
      ]}
    />
  );
}
