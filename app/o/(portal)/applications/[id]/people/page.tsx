import type { Metadata } from "next";
import { Alert } from "@/components/ui/alert";
import { readNotice } from "@/lib/http/forms/notice";
import { getTexts } from "@/lib/messages/request-locale";
import { getApplicationAccess } from "@/lib/services/applications/application-access";
import { countApplicationPeople } from "@/lib/services/applications/people/list-people";
import { can } from "@/lib/services/context";
import { ApplicationPage, type TabProps, titleOfTab } from "../_components/application-page";
import { loadApplication } from "../_components/load-application";
import { WhoMayUseItCard } from "../access/_components/who-may-use-it-card";
import { PeopleCount } from "./_components/people-count";
import { PeopleList } from "./_components/people-list";

export function generateMetadata(props: TabProps): Promise<Metadata> {
  return titleOfTab(props, "people");
}

export default async function PeoplePage({ params, searchParams }: TabProps) {
  const { id } = await params;
  const loaded = await loadApplication(id, "people");
  const { context, managesAllApplications } = loaded;
  const access = await getApplicationAccess(context, { id });
  const notice = await readNotice(`/o/applications/${id}/people`, ["revoked"]);
  const t = await getTexts("applicationPeople");
  return (
    <ApplicationPage loaded={loaded} current="people">
      {notice && (
        <Alert tone="success" announce>
          {t("revoked")}
        </Alert>
      )}
      <WhoMayUseItCard
        applicationId={id}
        access={access}
        changeable={managesAllApplications && can(context.actor, "groups:read")}
      />
      {can(context.actor, "users:read") ? (
        <section className="grid grid-cols-1 gap-3" aria-labelledby="people">
          <h2 id="people" className="text-lead font-semibold tracking-[-0.01em]">
            {t("title")}
          </h2>
          <PeopleList applicationId={id} context={context} params={await searchParams} />
        </section>
      ) : (
        <PeopleCount count={await countApplicationPeople(context, { id })} />
      )}
    </ApplicationPage>
  );
}
