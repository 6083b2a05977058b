import { createSession } from "@/lib/auth/testing/create-session";
import { decideAuthorization } from "@/lib/oauth/authorize/authorization-decision";
import type { Browser } from "@/lib/oauth/authorize/authorization-outcome";
import { authorize, resumeAuthorization } from "@/lib/oauth/authorize/authorize";
import { randomToken } from "@/lib/oauth/wire/digest";
import { oauthServer } from "@/lib/oauth-server";
import { actorId, type ServiceContext } from "../../context";
import type { RegisteredApplication } from "../register-application";
import { finishTestSignIn } from "../test-sign-in/finish-test-sign-in";
import { getTestSignIn } from "../test-sign-in/get-test-sign-in";
import { startTestSignIn } from "../test-sign-in/start-test-sign-in";

/** Test sign-ins through the core's own functions: only the pages are left out. */

export type TestBrowser = Browser & { session: NonNullable<Browser["session"]> };

export async function openBrowser(context: ServiceContext): Promise<TestBrowser> {
  const [userId, browserId, at] = [actorId(context) ?? "", randomToken(), new Date()];
  const { id } = await createSession(userId, { ipAddress: "192.0.2.1", userAgent: "A browser", browserId }, at);
  return { browserId, session: { id, userId, authenticatedAt: at, amr: ["pwd"] } };
}

export type TestInput = Parameters<typeof startTestSignIn>[1];

export function start(context: ServiceContext, application: { id: string }, change: Partial<TestInput> = {}) {
  return startTestSignIn(context, {
    applicationId: application.id,
    ...{ scopes: ["openid"], prompt: "", maxAge: null, responseMode: "", loginHint: "", credential: "" },
    ...change,
  });
}

/** What the browser brings to the callback, after its user has decided, if asked. */
export async function answerAt(
  location: string,
  browser: TestBrowser,
  decision: "approved" | "denied" = "approved",
): Promise<Readonly<Record<string, string>>> {
  const server = oauthServer();
  let outcome = await authorize(server, new URL(location, "https://id.example").search.slice(1), browser);
  if (outcome.kind === "consent") {
    const { requestId } = outcome;
    await decideAuthorization(server, { requestId, ...browser, decision });
    outcome = await resumeAuthorization(server, requestId, browser);
  }
  if (outcome.kind === "form-post") return outcome.fields;
  if (outcome.kind !== "redirect") throw new Error(`No answer: ${JSON.stringify(outcome)}`);
  return Object.fromEntries(new URL(outcome.location).searchParams);
}

/** A whole test, with the application's own secret. */
export async function run(
  { context, browser }: { context: ServiceContext; browser: TestBrowser },
  application: RegisteredApplication,
  change: Partial<TestInput> = {},
) {
  const credential = change.credential ?? application.clientSecret ?? "";
  const started = await start(context, application, { ...change, credential });
  const parameters = await answerAt(started.location, browser);
  await finishTestSignIn(context, { id: started.id, parameters, credential });
  return { ...started, parameters, test: await getTestSignIn(context, started) };
}

/** The names of the checks that failed. */
export const failed = (checks: readonly { name: string; passed: boolean }[] = []) =>
  checks.filter(({ passed }) => !passed).map(({ name }) => name);

export const publicClient = { clientType: "public" as const, requirePkce: true };
