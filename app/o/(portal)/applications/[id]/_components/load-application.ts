import { cache } from "react";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath } from "@/lib/http/paths";
import { isChangeable } from "@/lib/services/applications/find-application";
import { type ApplicationDetails, getApplication } from "@/lib/services/applications/get-application";
import { can, type ServiceContext } from "@/lib/services/context";
import { type ApplicationTab, tabPaths } from "./application-tabs";

export interface LoadedApplication {
  context: ServiceContext;
  application: ApplicationDetails;
  /** Whether the reader may change it: its owner, or who manages all applications. */
  changeable: boolean;
  managesAllApplications: boolean;
}

/** The application behind one of the tabs, once for a request: its title and its content need the same. */
export const loadApplication = cache(
  (id: string, tab: ApplicationTab): Promise<LoadedApplication> =>
    loadPage(applicationPath(id, tabPaths[tab]), async (context) => {
      const application = await getApplication(context, { id });
      return {
        context,
        application,
        changeable: isChangeable(application, context),
        managesAllApplications: can(context.actor, "applications:write"),
      };
    }),
);
