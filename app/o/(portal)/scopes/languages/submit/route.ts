import { portalPost } from "@/lib/http/forms/portal-route";
import { scopePath } from "@/lib/http/paths";
import { saveTranslations } from "../../../_components/save-translations";

export const POST = portalPost((form, request) => {
  const name = new URL(request.url).searchParams.get("name") ?? "";
  return saveTranslations(form, request, { kind: "scope", id: name }, scopePath("update", name));
});
