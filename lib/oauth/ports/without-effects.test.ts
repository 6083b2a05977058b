import { expect, test } from "vitest";
import { decideAuthorization } from "../authorize/authorization-decision";
import { resumeAuthorization } from "../authorize/authorize";
import { askConsent, sendAuthorization, signedOut, signIn } from "../testing/flow";
import { follow, obtainRequestUri } from "../testing/pushing";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import type { OAuthContext } from "./context";
import { withoutEffects } from "./without-effects";

/** What the stores may be asked without any of them changing. */
const reads = /^(find|list$|is[A-Z]|wait$)/;

/** The context with stores that fail at every call that could change something. */
function readOnly(context: TestContext): OAuthContext {
  const stores = Object.fromEntries(
    Object.entries(context.stores).map(([name, store]) => [
      name,
      new Proxy(store as object, {
        get(target, method, receiver) {
          if (!reads.test(String(method)) && method !== "then") throw new Error(`${name}.${String(method)}`);
          return Reflect.get(target, method, receiver);
        },
      }),
    ]),
  ) as unknown as TestContext["stores"];
  return { ...context, stores };
}

test.each([
  ["nobody is signed in", false, {}, "login"],
  ["somebody is", true, {}, "consent"],
  ["an error", true, { scope: "bogus" }, "redirect"],
  ["silence", false, { prompt: "none" }, "redirect"],
] as const)(
  "RFC 9110 §9.3.2: HEAD answers as GET and calls nothing that writes: %s",
  async (_, isSignedIn, more, kind) => {
    const context = buildContext();
    const { client } = registerClient(context);
    const head = withoutEffects(readOnly(context)) as TestContext;
    const browser = isSignedIn ? signIn(context) : signedOut();
    expect((await sendAuthorization(head, client, browser, more)).kind).toBe(kind);
  },
);

test("a request in the middle of its flow is still there afterwards", async () => {
  const context = buildContext();
  const { client } = registerClient(context);
  const browser = signIn(context);
  const id = await askConsent(context, client, browser);
  await decideAuthorization(context, { requestId: id, ...browser, decision: "approved" });
  const head = withoutEffects(readOnly(context));
  expect(await resumeAuthorization(head, id, browser)).toMatchObject({ kind: "redirect", error: null });
  expect(await resumeAuthorization(context, id, browser)).toMatchObject({ kind: "redirect", error: null });
});

test("RFC 9126 §4: nor is a pushed request used up", async () => {
  const context = buildContext();
  const { client, secret } = registerClient(context, { skipConsent: true });
  const requestUri = await obtainRequestUri(context, client, secret);
  const head = withoutEffects(readOnly(context)) as TestContext;
  expect(await follow(head, client, requestUri, signIn(context))).toMatchObject({ kind: "redirect", error: null });
  expect(await follow(context, client, requestUri)).toMatchObject({ kind: "redirect", error: null });
});
