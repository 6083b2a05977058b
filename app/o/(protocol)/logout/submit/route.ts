import { answerConfirmation } from "@/lib/http/logout";
import { portalPost } from "@/lib/http/portal-route";

/** "Sign out" on the page that asks whether an application may have that. */
export const POST = portalPost((form, request) => answerConfirmation(request, form));
