import { portalPost } from "@/lib/http/forms/portal-route";
import { answerConfirmation } from "@/lib/http/pages/logout";

/** "Sign out" on the page that asks whether an application may have that. */
export const POST = portalPost((form, request) => answerConfirmation(request, form));
