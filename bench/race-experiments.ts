import { once } from "node:events";
import { connect } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { type Answer, type Outcome, post, tally } from "./outcome";
import type { ClusterClient, TestCluster } from "./test-cluster";

/** F1 to F5 and F16. Each works in rounds, and checks what is left in the database after each. */

type Fields = Record<string, string>;

function begin(experiment: string, rule: string): Outcome {
  return { experiment, rule, requests: 0, answers: new Map(), violations: [] };
}

async function send(cluster: TestCluster, outcome: Outcome, path: string, fields: Fields, index = 0): Promise<Answer> {
  const answer = await post(cluster.base(index), path, fields);
  tally(outcome, answer);
  if (answer.status >= 500) outcome.violations.push(`${path} answered ${answer.status}`);
  return answer;
}

function flood(cluster: TestCluster, outcome: Outcome, fields: Fields, times: number): Promise<Answer[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => send(cluster, outcome, "/o/token", fields, index)));
}

function read({ body }: Answer, name: "access_token" | "refresh_token" | "device_code" | "active"): string {
  return String(body[name]);
}

async function isActive(
  cluster: TestCluster,
  outcome: Outcome,
  client: ClusterClient,
  token: string,
): Promise<boolean> {
  const answer = await send(cluster, outcome, "/o/introspect", { token, ...client.credentials });
  return read(answer, "active") === "true";
}

async function obtain(cluster: TestCluster, outcome: Outcome, client: ClusterClient): Promise<Answer> {
  const code = await cluster.issueCode(client);
  return send(cluster, outcome, "/o/token", { grant_type: "authorization_code", code, ...client.credentials });
}

const refreshOf = (client: ClusterClient, refreshToken: string): Fields => ({
  grant_type: "refresh_token",
  refresh_token: refreshToken,
  ...client.credentials,
});

export async function redeem(
  cluster: TestCluster,
  { codes, parallel }: { codes: number; parallel: number },
): Promise<Outcome> {
  const outcome = begin("F1", "a code is redeemed once, and a replay ends its tokens");
  const client = await cluster.createClient();
  for (let round = 0; round < codes; round++) {
    const code = await cluster.issueCode(client);
    const fields = { grant_type: "authorization_code", code, ...client.credentials };
    const granted = (await flood(cluster, outcome, fields, parallel)).filter(({ status }) => status === 200);
    const [only] = granted;
    if (granted.length !== 1 || !only) outcome.violations.push(`${granted.length} answers of 200 for one code`);
    else if (await isActive(cluster, outcome, client, read(only, "access_token"))) {
      outcome.violations.push("tokens of a replayed code are active");
    }
  }
  return outcome;
}

export async function refresh(
  cluster: TestCluster,
  { families, parallel }: { families: number; parallel: number },
): Promise<Outcome> {
  const outcome = begin("F2", "parallel refreshes get one and the same successor, and one leaf is alive");
  const client = await cluster.createClient();
  for (let round = 0; round < families; round++) {
    const first = await obtain(cluster, outcome, client);
    const answers = await flood(cluster, outcome, refreshOf(client, read(first, "refresh_token")), parallel);
    const refused = answers.filter(({ status }) => status !== 200);
    const tokens = new Set(answers.filter(({ status }) => status === 200).map((one) => read(one, "refresh_token")));
    if (refused.length > 0 || tokens.size !== 1) {
      outcome.violations.push(`${tokens.size} different successors, ${refused.length} refusals`);
    }
  }
  const leaves = await cluster.prisma.refreshToken.groupBy({
    by: ["familyId"],
    where: { rotatedAt: null, family: { applicationId: client.id, revokedAt: null } },
    _count: true,
  });
  if (leaves.length !== families || leaves.some(({ _count }) => _count !== 1)) {
    outcome.violations.push(`${leaves.length} families with a live leaf of ${families}`);
  }
  return outcome;
}

export async function revoke(cluster: TestCluster, { rounds }: { rounds: number }): Promise<Outcome> {
  const outcome = begin("F3", "once a revocation is answered nothing of the family is active, whatever raced it");
  const client = await cluster.createClient();
  for (let round = 0; round < rounds; round++) {
    const first = await obtain(cluster, outcome, client);
    const token = read(first, "refresh_token");
    const [refreshed] = await Promise.all([
      send(cluster, outcome, "/o/token", refreshOf(client, token), round),
      send(cluster, outcome, "/o/revoke_token", { token, ...client.credentials }, round + 1),
    ]);
    for (const answer of [first, refreshed]) {
      if (answer.status === 200 && (await isActive(cluster, outcome, client, read(answer, "access_token")))) {
        outcome.violations.push("a token of a revoked family is active");
      }
    }
  }
  return outcome;
}

export async function replayAssertion(
  cluster: TestCluster,
  { rounds, parallel }: { rounds: number; parallel: number },
): Promise<Outcome> {
  const outcome = begin("F4", "a client assertion is accepted once");
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: "bench", alg: "ES256", use: "sig" };
  for (let round = 0; round < rounds; round++) {
    // A new client each round, because this many failures of one are limited.
    const client = await cluster.createClient({
      grantTypes: ["client_credentials"],
      tokenEndpointAuthMethod: "private_key_jwt",
      jwks: { keys: [jwk] },
    });
    const assertion = await new SignJWT()
      .setProtectedHeader({ alg: "ES256", kid: "bench" })
      .setIssuer(client.clientId)
      .setSubject(client.clientId)
      .setAudience(`${process.env.PUBLIC_URL}/o`)
      .setJti(crypto.randomUUID())
      .setIssuedAt()
      .setExpirationTime("1m")
      .sign(privateKey);
    const fields = {
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
    };
    const answers = await flood(cluster, outcome, fields, parallel);
    const accepted = answers.filter(({ status }) => status === 200).length;
    if (accepted !== 1) outcome.violations.push(`${accepted} acceptances of one assertion`);
  }
  return outcome;
}

export async function pollDevice(
  cluster: TestCluster,
  { rounds, pollers }: { rounds: number; pollers: number },
): Promise<Outcome> {
  const outcome = begin("F5", "an approved device code is redeemed once, however many poll");
  const grantType = "urn:ietf:params:oauth:grant-type:device_code";
  const client = await cluster.createClient({ grantTypes: [grantType, "refresh_token"] });
  for (let round = 0; round < rounds; round++) {
    const started = await send(cluster, outcome, "/o/device-authorization", client.credentials, round);
    const fields = { grant_type: grantType, device_code: read(started, "device_code"), ...client.credentials };
    const approve = cluster.prisma.deviceAuthorization.updateMany({
      where: { applicationId: client.id, decision: null },
      data: { decision: "approved", userId: cluster.userId },
    });
    const [answers] = await Promise.all([flood(cluster, outcome, fields, pollers), approve]);
    const granted = answers.filter(({ status }) => status === 200).length;
    if (granted > 1) outcome.violations.push(`${granted} redemptions of one device code`);
  }
  const families = await cluster.prisma.tokenFamily.count({ where: { applicationId: client.id } });
  if (families > rounds) outcome.violations.push(`${families} families for ${rounds} device codes`);
  return outcome;
}

export async function hangUp(cluster: TestCluster, { rounds }: { rounds: number }): Promise<Outcome> {
  const outcome = begin("F16", "who hangs up after a refresh and asks again gets the successor");
  const client = await cluster.createClient();
  for (let round = 0; round < rounds; round++) {
    // A new family each, because the request of one round may still be running in the next, and would be a replay of
    // its tokens.
    const fields = refreshOf(client, read(await obtain(cluster, outcome, client), "refresh_token"));
    await sendAndHangUp(cluster.base(round), fields);
    const answer = await send(cluster, outcome, "/o/token", fields, round + 1);
    if (answer.status !== 200) outcome.violations.push(`the second request was answered ${answer.status}`);
  }
  return outcome;
}

async function sendAndHangUp(base: string, fields: Fields): Promise<void> {
  const { hostname, port, host } = new URL(base);
  const body = new URLSearchParams(fields).toString();
  const head = [
    "POST /o/token HTTP/1.1",
    `Host: ${host}`,
    "Content-Type: application/x-www-form-urlencoded",
    `Content-Length: ${body.length}`,
  ].join("\r\n");
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  await new Promise((resolve) => socket.write(`${head}\r\n\r\n${body}`, resolve));
  socket.destroy();
}
