import { toErrorPage } from "@/lib/http/pages/error-page";
import { answerSignedOut } from "@/lib/http/pages/signed-out";

/** The page after signing out, which notifies applications with a front-channel logout page. */
export async function GET(request: Request): Promise<Response> {
  try {
    return await answerSignedOut();
  } catch (error) {
    return toErrorPage(error, request);
  }
}
