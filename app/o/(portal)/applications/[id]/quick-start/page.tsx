import type { Metadata } from "next";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { applicationPath } from "@/lib/http/paths";
import { readOne } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { toIssuer } from "@/lib/oauth/endpoints";
import { fillRedirectUris } from "@/lib/quick-starts/templates/fill-template";
import { findTemplate, templates } from "@/lib/quick-starts/templates/templates";
import { ApplicationPage, type TabProps, titleOfTab } from "../_components/application-page";
import { EndpointsCard } from "../_components/endpoints-card";
import { loadApplication } from "../_components/load-application";
import { QuickStartCard } from "../_components/quick-start-card";
import { TestSignInCard } from "../_components/test-sign-in-card";
import { loadQuickStarts } from "./_components/load-quick-starts";
import { ProgramCard } from "./_components/program-card";
import { RedirectUriCard } from "./_components/redirect-uri-card";
import { StartChoice } from "./_components/start-choice";
import { TemplateCard } from "./_components/template-card";

export function generateMetadata(props: TabProps): Promise<Metadata> {
  return titleOfTab(props, "quickStart");
}

/** By curl, as a program with a library, or as the application that it is: one at a time. */
export default async function QuickStartPage({ params, searchParams }: TabProps) {
  const loaded = await loadApplication((await params).id, "quickStart");
  const { application, context, changeable } = loaded;
  const { publicUrl } = context.settings;
  const { facts, scopes, programs, templates: known } = await loadQuickStarts(loaded);
  const t = await getTexts("quickStart");
  const query = await searchParams;
  const start = readOne(query, "start");
  const program = programs.find(({ id }) => id === start);
  const hasNoRedirectUri = application.redirectUris.length === 0;
  // Without redirect URIs it could be any: the one that it was registered from is in the address.
  const template = known.find((id) => id === start) ?? (hasNoRedirectUri ? findTemplate(start) : null);
  const path = applicationPath(application.id, "quick-start/");
  const choices = [
    { name: "curl", href: path, current: !program && !template },
    ...(template && !known.includes(template) ? [template] : known).map((id) => ({
      name: templates[id].name,
      href: `${path}?start=${id}`,
      current: id === template,
    })),
    ...programs.map(({ id, name }) => ({ name, href: `${path}?start=${id}`, current: id === program?.id })),
  ];
  const isIncomplete = hasNoRedirectUri && application.grantTypes.includes("authorization_code");
  const suggestion = template ? fillRedirectUris(template, templates[template].example)[0] : program?.redirectUri;
  const rejected = readOne(query, "rejected") === "redirect-uri";
  return (
    <ApplicationPage loaded={loaded} current="quickStart">
      {isIncomplete && changeable && (
        <RedirectUriCard
          applicationId={application.id}
          suggestion={suggestion ?? facts.redirectUri}
          start={program?.id ?? template ?? ""}
          csrf={await getCsrfToken()}
          rejected={rejected ? await readFormFlash(`/o/applications/${application.id}`) : null}
        />
      )}
      <TestSignInCard loaded={loaded} />
      <StartChoice label={t("choose")} choices={choices} />
      {program && <ProgramCard application={application} program={program} />}
      {template && <TemplateCard id={template} facts={facts} />}
      {!program && !template && (
        <>
          <QuickStartCard application={application} publicUrl={publicUrl} scopes={scopes} />
          <EndpointsCard application={application} issuer={toIssuer(publicUrl)} />
        </>
      )}
    </ApplicationPage>
  );
}
