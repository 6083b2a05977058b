import { describe, expect, test } from "vitest";
import type { Client } from "../ports/client";
import { redirectParameters, sendAuthorization, signedOut, signIn } from "../testing/flow";
import { buildContext, registerClient } from "../testing/test-context";

/** Mistakes that anyone can put into a link. */
const mistakes = [
  ["scope", { scope: "bogus" }],
  ["response_type", { response_type: "token" }],
  ["no response_type", { response_type: undefined }],
  ["response_mode", { response_mode: "bogus" }],
  ["prompt", { prompt: "none login" }],
  ["max_age", { max_age: "-1" }],
  ["code_challenge", { code_challenge: "short", code_challenge_method: "S256" }],
  ["resource", { resource: "https://unknown.example" }],
  ["request object", { request: "not.a.jwt" }],
] as const;

function arrange(values: Partial<Client> = {}) {
  const context = buildContext();
  return { context, ...registerClient(context, { redirectsBeforeSignIn: false, ...values }) };
}

describe("RFC 9700 §4.11.2: before sign-in, an unapproved client gets no automatic redirect", () => {
  test.each(mistakes)("%s", async (_, mistake) => {
    const { context, client } = arrange();
    const outcome = await sendAuthorization(context, client, signedOut(), { state: "s", ...mistake });
    if (outcome.kind !== "leave") throw new Error(JSON.stringify(outcome));
    expect(outcome.redirectUri).toBe(client.redirectUris[0]);
    // What the person may follow is what the redirect would have said.
    const { response, error } = outcome;
    const { location } = response.kind === "redirect" ? response : { location: "" };
    const parameters = Object.fromEntries(new URL(location).searchParams);
    expect(parameters).toMatchObject({ error: error.error, state: "s", iss: context.issuer });
  });

  test.each(mistakes)("%s: a client that an administrator vouches for does", async (_, mistake) => {
    const { context, client } = arrange({ redirectsBeforeSignIn: true });
    expect(await sendAuthorization(context, client, signedOut(), mistake)).toMatchObject({ kind: "redirect" });
  });

  test.each(mistakes)("%s: so does anyone's once somebody has signed in", async (_, mistake) => {
    const { context, client } = arrange();
    expect(await sendAuthorization(context, client, signIn(context), mistake)).toMatchObject({ kind: "redirect" });
  });

  test("a silent request is the exception: there is no user to ask", async () => {
    const { context, client } = arrange();
    const outcome = await sendAuthorization(context, client, signedOut(), { prompt: "none" });
    expect(redirectParameters(outcome)).toMatchObject({ error: "login_required" });
    const mistaken = await sendAuthorization(context, client, signedOut(), { prompt: "none", scope: "bogus" });
    expect(redirectParameters(mistaken)).toMatchObject({ error: "invalid_scope" });
  });

  test("form_post waits for a button as well", async () => {
    const { context, client } = arrange();
    const mistake = { response_mode: "form_post", scope: "bogus", state: "s" };
    expect(await sendAuthorization(context, client, signedOut(), mistake)).toMatchObject({
      kind: "leave",
      response: { kind: "form-post", action: client.redirectUris[0], fields: { error: "invalid_scope", state: "s" } },
    });
  });

  test("a valid request goes to the sign-in page as usual", async () => {
    const { context, client } = arrange();
    expect(await sendAuthorization(context, client, signedOut())).toMatchObject({ kind: "login" });
  });
});
