import { portalPost } from "@/lib/http/forms/portal-route";
import { applicationPath } from "@/lib/http/paths";
import { saveTranslations } from "../../../../_components/save-translations";

interface Context {
  params: Promise<{ id: string }>;
}

export const POST = portalPost(async (form, request, { params }: Context) => {
  const { id } = await params;
  return saveTranslations(form, request, { kind: "application", id }, applicationPath(id, "settings/"));
});
