import type { DeletionConsequences } from "@/lib/services/applications/delete-application";
import { DeletionImpact } from "../../../_components/deletion-impact";
import { formatCount } from "./format-count";

export interface ApplicationImpactProps {
  consequences: DeletionConsequences;
  /** Whether this is permanent or until the application is enabled again. */
  purpose: "delete" | "disable";
}

/** What ends together with an application, or is suspended with it, in numbers. */
export function ApplicationImpact({ consequences, purpose }: ApplicationImpactProps) {
  const isFinal = purpose === "delete";
  const refused = isFinal ? "active now, refused at once." : "active now, refused until it is enabled again.";
  const { people, activeAccessTokens, activeRefreshTokens, countLimit } = consequences;
  return (
    <DeletionImpact
      columns={3}
      items={[
        {
          count: formatCount(people, countLimit, "user", "users"),
          text: isFinal
            ? "authorized it. Their consent is deleted."
            : "authorized it. They can't sign in with it in the meantime.",
        },
        {
          count: formatCount(activeAccessTokens, countLimit, "access token", "access tokens"),
          text: refused,
        },
        {
          count: formatCount(activeRefreshTokens, countLimit, "refresh token", "refresh tokens"),
          text: refused,
        },
      ]}
    />
  );
}
