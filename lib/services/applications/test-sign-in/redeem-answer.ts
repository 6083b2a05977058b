import { checkBearer, toAccessScheme } from "@/lib/oauth/access/bearer";
import { describeUser } from "@/lib/oauth/access/userinfo";
import { endpointUri } from "@/lib/oauth/endpoints";
import type { Client } from "@/lib/oauth/ports/client";
import type { OAuthContext } from "@/lib/oauth/ports/context";
import { digest } from "@/lib/oauth/wire/digest";
import { OAuthError } from "@/lib/oauth/wire/errors";
import { callAsClient, createProver, type TestProver, tokenUri } from "./test-client";
import { findTestCredential } from "./test-obstacle";
import type { TestProblem, TestReport, TestRequest } from "./test-report";
import { checkSubject, decodeToken, openResponse, toJson, verifyIdToken } from "./verify-answers";

export interface ArrivedAnswer {
  request: TestRequest;
  redirectUri: string;
  parameters: Readonly<Record<string, string>>;
  credential: string;
  userId: string;
  ipAddress: string | null;
  begunAt: Date;
  arrivedAt: Date;
  /** When the user last consented to the application; null: never. */
  findConsent(): Promise<Date | null>;
}

/** The rest of the flow, from the authorization response on, as the application's own code would have it. */
export async function redeemAnswer(server: OAuthContext, client: Client, answer: ArrivedAnswer): Promise<TestReport> {
  const { request, credential } = answer;
  const { parameters, checks } = await openResponse(server, request, answer.parameters);
  const report: TestReport = {
    problem: null,
    received: listReceived(answer.parameters, parameters),
    checks,
    legs: [
      ...(request.pushing === null ? [] : [{ name: "pushing" as const, duration: request.pushing }]),
      { name: "authorization", duration: answer.arrivedAt.getTime() - answer.begunAt.getTime() },
    ],
    ...{ tokenResponse: null, idToken: null, accessToken: null, userinfo: null, granted: null },
  };
  const stop = (leg: TestProblem["leg"], error: string, description = "", reason: string | null = null) => ({
    ...report,
    problem: { leg, error, description, reason },
  });
  if (!checks.every(({ passed }) => passed)) return stop("response", "invalid_response");
  const { error, error_description: description, code } = parameters;
  if (error !== undefined) return stop("authorization", error, description);
  if (code === undefined) return stop("response", "no_code");
  if (findTestCredential(client) !== null && credential === "") return stop("credential", "no_credential");

  const prover = await createProver(server, client);
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    code,
    redirect_uri: answer.redirectUri,
    code_verifier: request.codeVerifier,
  });
  const dpop = (await prover?.prove({ method: "POST", uri: tokenUri(server) })) ?? null;
  const { ipAddress } = answer;
  const { body, refusal, duration } = await callAsClient(server, client, "token", {
    form,
    credential,
    ipAddress,
    dpop,
  });
  report.legs.push({ name: "token", duration });
  if (refusal) return stop("token", refusal.error, refusal.description, refusal.reason);
  try {
    return await describeTokens(server, client, { answer, report, body, prover });
  } finally {
    await revokeTokens(server, String(body.access_token));
  }
}

/** A code has been redeemed by the time someone reads it; a signed response is decoded. */
function listReceived(
  arrived: Readonly<Record<string, string>>,
  decoded: Readonly<Record<string, string>>,
): TestReport["received"] {
  const entries = [...new Map([...Object.entries(arrived), ...Object.entries(decoded)])].slice(0, 30);
  return entries.map(([name, value]) => ({
    name: name.slice(0, 100),
    value: name === "code" || name === "response" ? shorten(value) : value.slice(0, 1000),
  }));
}

function shorten(secret: string): string {
  return `${secret.slice(0, 6)}…`;
}

interface Issued {
  answer: ArrivedAnswer;
  report: TestReport;
  body: Readonly<Record<string, unknown>>;
  prover: TestProver | null;
}

async function describeTokens(
  server: OAuthContext,
  client: Client,
  { answer, report, body, prover }: Issued,
): Promise<TestReport> {
  const accessToken = String(body.access_token);
  const idToken = typeof body.id_token === "string" ? body.id_token : null;
  const algorithm = client.idTokenSignedResponseAlg;
  const verified = idToken && (await verifyIdToken(server, answer.request, { idToken, accessToken, algorithm }));
  const { sub, ...described } = verified || { sub: undefined };
  const userinfo = await askUserinfo(server, { accessToken, prover, client });
  report.legs.push({ name: "userinfo", duration: userinfo.duration });
  return {
    ...report,
    problem: userinfo.problem,
    tokenResponse: toJson(withoutTokens(body)),
    idToken: verified ? (described as TestReport["idToken"]) : null,
    accessToken: { decoded: decodeToken(accessToken), bound: prover !== null },
    userinfo: userinfo.claims && {
      claims: toJson(userinfo.claims),
      signed: userinfo.signed,
      checks: checkSubject(sub, userinfo.claims.sub),
    },
    granted: {
      scopes: String(body.scope ?? "")
        .split(" ")
        .filter((name) => name !== ""),
      consent: await describeConsent(client, answer),
    },
  };
}

async function describeConsent(client: Client, { findConsent, begunAt }: ArrivedAnswer) {
  const consentedAt = await findConsent();
  if (consentedAt && consentedAt >= begunAt) return "now";
  return client.skipConsent ? "skipped" : "before";
}

const tokenMembers = ["access_token", "refresh_token", "id_token"];

function withoutTokens(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, tokenMembers.includes(name) ? shorten(String(value)) : value]),
  );
}

interface Asked {
  accessToken: string;
  prover: TestProver | null;
  client: Client;
}

/** OpenID Connect Core §5.3. A signed answer is described by its claims. */
async function askUserinfo(server: OAuthContext, { accessToken, prover, client }: Asked) {
  const uri = endpointUri(server.issuer, "userinfo");
  const begun = performance.now();
  const measure = () => performance.now() - begun;
  const signed = client.userinfoSignedResponseAlg !== null;
  try {
    const dpop = (await prover?.prove({ method: "GET", uri, accessToken })) ?? null;
    const authorization = `${toAccessScheme(prover && "bound")} ${accessToken}`;
    const request = { authorization, dpop, method: "GET", uri };
    const token = await checkBearer(server, request, { scopes: [], resource: uri });
    const answer = token && (await describeUser(server, token));
    const claims = answer && (answer.kind === "json" ? answer.claims : readSigned(answer.jwt));
    return { claims, signed, duration: measure(), problem: null };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const reason = typeof error.cause === "string" ? error.cause : null;
    const problem: TestProblem = { leg: "userinfo", error: error.error, description: error.description, reason };
    return { claims: null, signed, duration: measure(), problem };
  }
}

function readSigned(jwt: string): Record<string, unknown> {
  return JSON.parse(decodeToken(jwt)?.claims ?? "{}");
}

/** Ends all that was issued for the code, whatever the client authenticates with. */
async function revokeTokens({ stores, now }: OAuthContext, accessToken: string): Promise<void> {
  const found = await stores.tokens.findAccessToken(digest(accessToken));
  if (!found) return;
  const at = now();
  const { tokenHash, familyId, userId, applicationId } = found;
  const event = { type: "token.revoked", at, userId, applicationId, details: { kind: "access_token" } } as const;
  if (familyId === null) await stores.tokens.revokeAccessToken(tokenHash, at, event);
  else await stores.tokens.revokeFamily(familyId, at, "token_revoked", event);
}
