import { portalPost } from "@/lib/http/forms/portal-route";
import { saveSettings } from "../_components/save-settings";

export const POST = portalPost((form, request) => saveSettings(form, request, "/admin/settings"));
