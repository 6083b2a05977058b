import { RelativeTime } from "@/components/ui/time";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";
import { DynamicRegistrationBadge } from "../../_components/dynamic-registration-badge";
import { StatusBadge } from "../../_components/status-badge";

/** Status, owner and dates in one line, below the name. */
export function ApplicationLine({ application }: { application: ApplicationDetails }) {
  const { disabled, owner, registrationSource, createdAt, updatedAt } = application;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 pt-0.5">
      <StatusBadge disabled={disabled} />
      {registrationSource === "dynamic" && <DynamicRegistrationBadge />}
      <span>{owner === null ? "No owner" : `Owned by ${owner}`}</span>
      <span aria-hidden>·</span>
      <span>
        registered <RelativeTime date={createdAt} />
      </span>
      {updatedAt.getTime() - createdAt.getTime() > 1000 && (
        <>
          <span aria-hidden>·</span>
          <span>
            changed <RelativeTime date={updatedAt} />
          </span>
        </>
      )}
    </span>
  );
}
