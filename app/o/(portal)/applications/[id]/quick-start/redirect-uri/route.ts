import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { applicationPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { getApplication } from "@/lib/services/applications/get-application";
import { updateApplication } from "@/lib/services/applications/update-application";
import { toApplicationInput } from "../../../_components/form/application-input";
import { toApplicationValues } from "../../../_components/form/application-values";
import { withSection } from "../../../_components/sections/setting-sections";

/** Stores the redirect URI that was left out when the application was registered. */
export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const [uri = "", start = ""] = ["redirect_uris", "start"].map((name) => form.get(name));
  const query = start ? `?${new URLSearchParams({ start })}` : "";
  const path = applicationPath(id, "quick-start/");
  const rejected = `${path}${query ? `${query}&` : "?"}rejected=redirect-uri`;
  return submitForm({ page: `/o/applications/${id}`, rejected, values: { redirect_uris: uri } }, async () => {
    const application = await getApplication(context, { id }, "applications:write");
    const values = withSection(toApplicationValues(application), "redirectUris", () => [uri]);
    await updateApplication(context, { ...toApplicationInput(values), id });
    return `${path}${query}`;
  });
});
