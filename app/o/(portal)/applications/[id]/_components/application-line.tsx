import { bdi } from "@/components/texts/rich-tags";
import { RelativeTime } from "@/components/ui/time";
import { getTexts } from "@/lib/messages/request-locale";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";
import { DynamicRegistrationBadge } from "../../_components/dynamic-registration-badge";
import { StatusBadge } from "../../_components/status-badge";

/** Status, owner and dates in one line, below the name. */
export async function ApplicationLine({ application }: { application: ApplicationDetails }) {
  const t = await getTexts("applications");
  const { disabled, owner, registrationSource, createdAt, updatedAt } = application;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 pt-0.5">
      <StatusBadge disabled={disabled} />
      {registrationSource === "dynamic" && <DynamicRegistrationBadge />}
      <span>{owner === null ? t("noOwner") : t.rich("line.owner", { owner, bdi })}</span>
      <span aria-hidden>·</span>
      <span>{t.rich("line.registered", { time: () => <RelativeTime date={createdAt} /> })}</span>
      {updatedAt.getTime() - createdAt.getTime() > 1000 && (
        <>
          <span aria-hidden>·</span>
          <span>{t.rich("line.changed", { time: () => <RelativeTime date={updatedAt} /> })}</span>
        </>
      )}
    </span>
  );
}
