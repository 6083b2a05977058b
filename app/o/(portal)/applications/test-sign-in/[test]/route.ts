import { getCurrentSession } from "@/lib/auth/current-session";
import { takeTestCredential } from "@/lib/http/forms/test-credential-flash";
import { pageEndpoint } from "@/lib/http/pages/page-endpoint";
import { testSignInPath } from "@/lib/http/paths";
import { methodNotAllowed, seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { Parameters } from "@/lib/oauth/wire/parameters";
import { finishTestSignIn } from "@/lib/services/applications/test-sign-in/finish-test-sign-in";

interface Props {
  params: Promise<{ test: string }>;
}

/**
 * The redirect URI of a test sign-in, for a query or, with `form_post`, a form: the page of this server that posts it
 * has no token for it, and needs none, as the response has a `state`. The code leaves the address with the 303.
 */
function callback({ params }: Props) {
  return pageEndpoint(async (request, sent) => {
    const { test: id } = await params;
    const parameters = Parameters.parse(sent);
    parameters.refuseRepeated();
    const context = serviceContext(await getCurrentSession(), request.headers);
    const credential = await takeTestCredential(id);
    await finishTestSignIn(context, { id, parameters: Object.fromEntries(parameters.entries()), credential });
    return seeOther(`${testSignInPath(id)}/result/`);
  });
}

export const GET = (request: Request, props: Props) => callback(props).GET(request);
export const POST = (request: Request, props: Props) => callback(props).POST(request);
/** Next.js would answer it by `GET`, which takes the answer. */
export const HEAD = () => methodNotAllowed(["GET", "POST"]);
