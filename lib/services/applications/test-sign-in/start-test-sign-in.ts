import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { countAttempt } from "@/lib/db/rate-limits";
import { problem } from "@/lib/messages/problem";
import { findClient } from "@/lib/oauth/client/find-client";
import { endpoints } from "@/lib/oauth/endpoints";
import type { Client } from "@/lib/oauth/ports/client";
import { addSeconds } from "@/lib/oauth/ports/context";
import { digest, randomToken } from "@/lib/oauth/wire/digest";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import { oauthServer } from "@/lib/oauth-server";
import { auditOrigin, requireUser, type ServiceContext, withTransaction } from "../../context";
import { NotFoundError, ValidationError } from "../../errors";
import { parseInput } from "../../parse";
import type { Returned, Sent, Wire } from "../../wire";
import { whereApplication } from "../find-application";
import { sealTestRequest, testLifetime, toTestCallback } from "./stored-test";
import { pushTestRequest } from "./test-client";
import { findTestCredential, findTestObstacle } from "./test-obstacle";
import type { TestRequest } from "./test-report";

/** Tests of one application by one user. */
const rule = { limit: 20, window: testLifetime };

export const testPrompts = ["", "none", "login", "consent", "select_account"] as const;
/** Those that reach a server without a script of a page in between. */
export const testResponseModes = ["", "query", "form_post", "query.jwt", "form_post.jwt"] as const;

export const newTestSignIn = z.object({
  applicationId: z.string(),
  /** None: those that the server grants if a request names none. */
  scopes: z.array(z.string().max(255)).max(100),
  prompt: z.enum(testPrompts),
  /** Seconds; null: not sent. */
  maxAge: z
    .number(problem("consoleProblems.testSignIn.maxAge"))
    .int(problem("consoleProblems.testSignIn.maxAge"))
    .min(0, problem("consoleProblems.testSignIn.maxAge"))
    .max(31_536_000, problem("consoleProblems.testSignIn.maxAge"))
    .nullable(),
  responseMode: z.enum(testResponseModes),
  loginHint: z.string().max(255, problem("fieldProblems.long", { maximum: 255 })),
  /** The client secret, or an assertion signed by its key. Not stored. */
  credential: z.string().max(4000, problem("fieldProblems.long", { maximum: 4000 })),
});

export const startTestSignInWire = {
  input: newTestSignIn,
  output: z.strictObject({
    id: z.string(),
    /** Where the browser begins: a path of this server. */
    location: z.string(),
  }),
} satisfies Wire;

/**
 * Starts a test of an application's sign-in by the user who asks (docs/adr/0067). It ends at a callback of this server,
 * which counts as a redirect URI of the application for this user and some minutes.
 * @throws NotFoundError, ValidationError, TooManyRequestsError
 */
export async function startTestSignIn(
  context: ServiceContext,
  input: Sent<typeof startTestSignInWire>,
): Promise<Returned<typeof startTestSignInWire>> {
  const where = whereApplication(context, input.applicationId, "applications:write");
  const userId = requireUser(context);
  const asked = parseInput(newTestSignIn, input);
  const { client, pushes } = await findTested(context, where);
  if (findTestCredential(client) === "secret" && asked.credential === "") {
    throw new ValidationError({ credential: [problem("consoleProblems.testSignIn.secret")] });
  }
  const wait = await countAttempt(`test sign-ins of ${client.id} by ${userId}`, rule, context.now());
  if (wait > 0) throw new TooManyRequestsError(wait);

  const id = randomToken();
  const callback = toTestCallback(context, id);
  const uriHash = digest(callback);
  const request = createRequest(client, callback, asked);
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    if (!(await tx.application.findFirst({ where, select: { id: true } }))) throw new NotFoundError("application");
    await tx.testSignIn.create({
      data: {
        ...{ uriHash, applicationId: client.id, userId },
        sealedRequest: sealTestRequest(request, uriHash),
        createdAt: at,
        expiresAt: addSeconds(at, testLifetime),
      },
      select: { uriHash: true },
    });
    const scopes = [...asked.scopes];
    await audit.record({ type: "application.sign_in_tested", at, applicationId: client.id, details: { scopes } });
  });
  const query = pushes
    ? await push(context, client, request, { uriHash, credential: asked.credential })
    : toQuery(request);
  return { id, location: `${endpoints.authorization.path}?${query}` };
}

async function findTested(
  context: ServiceContext,
  where: ReturnType<typeof whereApplication>,
): Promise<{ client: Client; pushes: boolean }> {
  const application = await getPrisma().application.findFirst({ where, select: { clientId: true } });
  const client = application && (await findClient(oauthServer().stores.clients, application.clientId));
  if (!client) throw new NotFoundError("application");
  const requirePushed = context.settings.requirePushedAuthorizationRequests;
  const obstacle = findTestObstacle(client, { requirePushed });
  if (obstacle) throw new ValidationError({ applicationId: [problem(`consoleProblems.testSignIn.${obstacle}`)] });
  return { client, pushes: requirePushed || client.requirePushedAuthorizationRequests };
}

/** PKCE, state and nonce always, whatever the application requires. */
function createRequest(client: Client, callback: string, asked: z.output<typeof newTestSignIn>): TestRequest {
  const [codeVerifier, state] = [randomToken(), randomToken()];
  const nonce = asked.scopes.includes("openid") ? randomToken() : null;
  const parameters = {
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: callback,
    scope: asked.scopes.join(" "),
    state,
    nonce: nonce ?? "",
    code_challenge: digest(codeVerifier),
    code_challenge_method: "S256",
    prompt: asked.prompt,
    max_age: asked.maxAge === null ? "" : String(asked.maxAge),
    response_mode: asked.responseMode,
    login_hint: asked.loginHint,
  };
  const sent = Object.entries(parameters).flatMap(([name, value]) => (value === "" ? [] : [{ name, value }]));
  const { clientId } = client;
  return { clientId, parameters: sent, codeVerifier, state, nonce, maxAge: asked.maxAge, pushing: null };
}

function toQuery({ parameters }: Pick<TestRequest, "parameters">): URLSearchParams {
  return new URLSearchParams(parameters.map(({ name, value }) => [name, value]));
}

/** What remains of a request that was pushed; one that is refused ends the test. */
async function push(
  context: ServiceContext,
  client: Client,
  request: TestRequest,
  { uriHash, credential }: { uriHash: string; credential: string },
): Promise<URLSearchParams> {
  const answer = await pushTestRequest(oauthServer(auditOrigin(context)), client, {
    form: toQuery(request),
    credential,
    ipAddress: context.ipAddress ?? null,
  });
  if (answer.requestUri === null) {
    await getPrisma().testSignIn.deleteMany({ where: { uriHash } });
    const { error, description } = answer;
    throw new ValidationError({ credential: [problem("consoleProblems.testSignIn.push", { error, description })] });
  }
  await getPrisma().testSignIn.updateMany({
    where: { uriHash },
    data: { sealedRequest: sealTestRequest({ ...request, pushing: answer.duration }, uriHash) },
  });
  return new URLSearchParams({ client_id: client.clientId, request_uri: answer.requestUri });
}
