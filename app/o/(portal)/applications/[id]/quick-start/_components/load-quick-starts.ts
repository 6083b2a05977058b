import { gatherFacts, type QuickStartFacts } from "@/lib/quick-starts/facts";
import { type ListedQuickStart, listQuickStarts } from "@/lib/quick-starts/list-quick-starts";
import { matchTemplates } from "@/lib/quick-starts/templates/fill-template";
import { type TemplateId, templateIds } from "@/lib/quick-starts/templates/templates";
import type { LoadedApplication } from "../../_components/load-application";
import { loadScopes } from "../../_components/load-scopes";

export interface QuickStarts {
  facts: QuickStartFacts;
  /** All that the application may request. */
  scopes: string[];
  programs: ListedQuickStart[];
  /** Applications that it seems to be. */
  templates: TemplateId[];
}

/** Everything that can be written for an application. */
export async function loadQuickStarts(
  loaded: Pick<LoadedApplication, "application" | "context">,
): Promise<QuickStarts> {
  const { application, context } = loaded;
  const { allowed } = await loadScopes(loaded);
  const facts = gatherFacts(application, { publicUrl: context.settings.publicUrl, scopes: allowed });
  return {
    facts,
    scopes: allowed,
    programs: listQuickStarts(facts),
    templates: matchTemplates(templateIds, application),
  };
}
