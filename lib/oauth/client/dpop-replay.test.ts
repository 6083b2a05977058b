import { beforeAll, describe, expect, test } from "vitest";
import { addSeconds } from "../ports/context";
import { epoch } from "../testing/defaults";
import { createDpopKey, createProof, type DpopKey } from "../testing/dpop-proof";
import { buildContext, type TestContext } from "../testing/test-context";
import { InvalidDpopProofError, UseDpopNonceError } from "../wire/errors";
import { checkDpopProof, dpopNonce } from "./dpop";

const uri = "https://id.example/o/token";

let key: DpopKey;
beforeAll(async () => {
  key = await createDpopKey();
});

const check = (context: TestContext, proof: string) =>
  checkDpopProof(context, { proof, method: "POST", uri, securityProfile: null });

const prove = (context: TestContext, claims: Record<string, unknown> = {}, by = key) =>
  createProof(by, { method: "POST", uri, at: context.now() }, claims);

function requireNonce(): TestContext {
  const context = buildContext();
  context.settings.requireDpopNonce = true;
  return context;
}

describe("RFC 9449 §11.1, attack 31: a proof works once", () => {
  test("F4: of 100 at the same time one is accepted", async () => {
    const context = buildContext();
    const proof = await prove(context);
    const answers = await Promise.allSettled(Array.from({ length: 100 }, () => check(context, proof)));
    const refused = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
    expect(refused).toHaveLength(99);
    for (const error of refused)
      expect(error).toMatchObject({ error: "invalid_dpop_proof", cause: "jti: used before" });
  });

  test("another signature over the same jti is the same proof", async () => {
    const context = buildContext();
    await check(context, await prove(context, { jti: "one" }));
    await expect(check(context, await prove(context, { jti: "one" }))).rejects.toThrow(InvalidDpopProofError);
    expect(await check(context, await prove(context, { jti: "two" }))).toEqual({ jkt: key.jkt });
  });

  test("attack: nobody can use up the jti of another key", async () => {
    const context = buildContext();
    await check(context, await prove(context, { jti: "one" }, await createDpopKey()));
    expect(await check(context, await prove(context, { jti: "one" }))).toEqual({ jkt: key.jkt });
  });

  test("it is remembered for longer than the proof is valid, including clocks that differ by a minute", async () => {
    const context = buildContext();
    const remembered: Date[] = [];
    const { usedJtis } = context.stores;
    context.stores.usedJtis = {
      use(jti, until) {
        remembered.push(until);
        return usedJtis.use(jti, until);
      },
    };
    const iat = addSeconds(epoch, 10).getTime() / 1000;
    await check(context, await prove(context, { iat }));
    expect(remembered).toEqual([addSeconds(epoch, 130)]);
  });
});

describe("RFC 9449 §8: nonces", () => {
  test("attack: a proof without one, or with an invented one, gets a fresh one and is not used up", async () => {
    const context = requireNonce();
    const other = requireNonce();
    other.dpop = { ...other.dpop, nonceKey: new TextEncoder().encode("a key of another server") };
    for (const nonce of [undefined, "", "guessed", dpopNonce(other), `${dpopNonce(context)}x`]) {
      const error = await check(context, await prove(context, { jti: "one", nonce })).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(UseDpopNonceError);
      expect(error).toMatchObject({ status: 400, headers: { "DPoP-Nonce": dpopNonce(context) } });
    }
    const nonce = dpopNonce(context);
    expect(await check(context, await prove(context, { jti: "one", nonce }))).toEqual({ jkt: key.jkt });
  });

  test("a nonce that isn't text is malformed", async () => {
    const context = requireNonce();
    await expect(check(context, await prove(context, { nonce: 1 }))).rejects.toThrow(InvalidDpopProofError);
  });

  test("is the same in every process, consists of NQCHAR, and expires", async () => {
    const [context, sibling] = [requireNonce(), requireNonce()];
    const nonce = dpopNonce(context);
    expect(dpopNonce(sibling)).toBe(nonce);
    expect(nonce).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/);
    // A nonce is valid for five to ten minutes, depending on when in its window it was issued.
    context.clock.advance(300);
    expect(dpopNonce(context)).not.toBe(nonce);
    expect(await check(context, await prove(context, { nonce }))).toEqual({ jkt: key.jkt });
    context.clock.advance(300);
    await expect(check(context, await prove(context, { nonce }))).rejects.toThrow(UseDpopNonceError);
  });

  test("attack: a nonce of a later window, as from a wrong clock, is not valid yet", async () => {
    const context = requireNonce();
    context.clock.advance(300);
    const later = dpopNonce(context);
    context.clock.advance(-300);
    await expect(check(context, await prove(context, { nonce: later }))).rejects.toThrow(UseDpopNonceError);
  });

  test("if none is required, one that is sent has to be valid", async () => {
    const context = buildContext();
    expect(await check(context, await prove(context, { nonce: dpopNonce(context) }))).toEqual({ jkt: key.jkt });
    await expect(check(context, await prove(context, { nonce: "stale" }))).rejects.toThrow(UseDpopNonceError);
  });

  test("any other error is reported first: a nonce would not help", async () => {
    const context = requireNonce();
    await expect(check(context, await prove(context, { htm: "GET" }))).rejects.toThrow(InvalidDpopProofError);
  });
});
