import { portalPost } from "@/lib/http/forms/portal-route";
import { answerConfirmation } from "@/lib/http/pages/logout";

/** "Sign out" on the confirmation page of an application's logout request. */
export const POST = portalPost((form, request) => answerConfirmation(request, form));
