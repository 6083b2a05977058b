import { beforeAll, describe, expect, test } from "vitest";
import { dpopNonce } from "../client/dpop";
import { buildAccessToken } from "../testing/builders";
import { createDpopKey, createProof, type DpopKey } from "../testing/dpop-proof";
import { buildResourceRequest } from "../testing/flow";
import { buildContext, registerClient } from "../testing/test-context";
import { digest, randomToken } from "../wire/digest";
import { InsufficientScopeError, InvalidDpopProofError, InvalidTokenError, UseDpopNonceError } from "../wire/errors";
import { checkBearer, type ResourceRequest } from "./bearer";

const uri = "https://id.example/resource";

let key: DpopKey;
beforeAll(async () => {
  key = await createDpopKey();
});

/** A token that is bound to `key`, unless `dpopJkt` says otherwise, and what its client sends with it. */
async function arrange({ dpopJkt = key.jkt }: { dpopJkt?: string | null } = {}) {
  const context = buildContext();
  const { client } = registerClient(context);
  const accessToken = randomToken();
  const record = buildAccessToken({ applicationId: client.id }, { tokenHash: digest(accessToken), dpopJkt });
  await context.stores.tokens.issue(record);
  const prove = (claims: Record<string, unknown> = {}, by = key) =>
    createProof(by, { method: "GET", uri, at: context.now(), accessToken }, claims);
  const send = (request: Partial<ResourceRequest>, scopes: string[] = []) =>
    checkBearer(context, buildResourceRequest("", { authorization: `DPoP ${accessToken}`, ...request }), { scopes });
  return { context, client, accessToken, prove, send };
}

describe("RFC 9449 §7.1: a bound token with its proof", () => {
  test("identifies the application, as a bearer token does", async () => {
    const { client, prove, send } = await arrange();
    expect(await send({ dpop: await prove() }, ["read"])).toMatchObject({
      clientId: client.clientId,
      user: null,
      scopes: ["read"],
    });
  });

  test.each(["dpop", "DPOP", "DPoP  "])("RFC 9110 §11.1: the scheme %j is read in any case", async (scheme) => {
    const { accessToken, prove, send } = await arrange();
    expect(await send({ authorization: `${scheme} ${accessToken}`, dpop: await prove() })).not.toBeNull();
  });

  test("attack: as a bearer token, with or without a proof, it is worthless", async () => {
    const { accessToken, prove, send } = await arrange();
    const authorization = `Bearer ${accessToken}`;
    await expect(send({ authorization })).rejects.toThrow(InvalidTokenError);
    await expect(send({ authorization, dpop: await prove() })).rejects.toThrow(InvalidTokenError);
  });

  test("attack: a stolen token with a proof by the thief's key", async () => {
    const { prove, send } = await arrange();
    await expect(send({ dpop: await prove({}, await createDpopKey()) })).rejects.toThrow(InvalidTokenError);
  });

  test("an unbound token is not a DPoP token", async () => {
    const { prove, send } = await arrange({ dpopJkt: null });
    await expect(send({ dpop: await prove() })).rejects.toThrow(InvalidTokenError);
    await expect(send({ dpop: null })).rejects.toThrow(InvalidTokenError);
  });

  test("attack 31: no proof, one for another token, another method or another resource", async () => {
    const { prove, send } = await arrange();
    const faulty = [
      null,
      "",
      await prove({ ath: undefined }),
      await prove({ ath: digest("another token") }),
      await prove({ htm: "POST" }),
      await prove({ htu: "https://id.example/o/token" }),
      await prove({ htu: "https://evil.example/resource" }),
      await prove({ iat: 0 }),
    ];
    for (const dpop of faulty) await expect(send({ dpop })).rejects.toThrow(InvalidDpopProofError);
  });

  test("attack 31: a proof that was used before", async () => {
    const { prove, send } = await arrange();
    const dpop = await prove();
    expect(await send({ dpop })).not.toBeNull();
    await expect(send({ dpop })).rejects.toThrow(InvalidDpopProofError);
  });

  test("RFC 9449 §9: without a nonce of this server, if it is required", async () => {
    const { context, prove, send } = await arrange();
    context.settings.requireDpopNonce = true;
    await expect(send({ dpop: await prove() })).rejects.toThrow(UseDpopNonceError);
    expect(await send({ dpop: await prove({ nonce: dpopNonce(context) }) })).not.toBeNull();
  });

  test("an invalid token is reported first, and no proof is used up for it", async () => {
    const { context, client, prove, send } = await arrange();
    const dpop = await prove();
    context.stores.saveClient({ ...client, disabled: true });
    await expect(send({ dpop: null })).rejects.toThrow(InvalidTokenError);
    await expect(send({ dpop })).rejects.toThrow(InvalidTokenError);
    context.stores.saveClient(client);
    expect(await send({ dpop })).not.toBeNull();
  });

  test("a missing scope is reported only with a proof", async () => {
    const { prove, send } = await arrange();
    await expect(send({ dpop: null }, ["write"])).rejects.toThrow(InvalidDpopProofError);
    await expect(send({ dpop: await prove() }, ["write"])).rejects.toThrow(InsufficientScopeError);
  });
});
