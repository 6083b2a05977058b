import { decodeJwt } from "jose";
import { expect } from "vitest";
import { authorizePath } from "../support/browser-client";
import { baseUrl } from "../support/environment";
import { readForms } from "../support/html";
import { noteSecret } from "../support/secrets-seen";
import { metadata, readList } from "../support/server-metadata";
import { authorizationOf, createPkcePair } from "../support/token-client";
import { test } from "../support/vitest";

/** RFC 8414 §2: what is advertised for the authorization endpoint, compared with what it does. */

test("response types: the advertised one, and no other", async ({ portal, person }) => {
  const application = await portal.createApplication({ skipConsent: true });
  for (const responseType of [...readList("response_types_supported"), "token", "id_token", "code token", "none"]) {
    const request = authorizationOf(application, { response_type: responseType });
    const { searchParams } = new URL((await person.get(authorizePath(request))).headers.location ?? "");
    const isSupported = searchParams.has("code");
    expect(isSupported, responseType).toBe(readList("response_types_supported").includes(responseType));
    if (!isSupported) expect(searchParams.get("error")).toBe("unsupported_response_type");
    // RFC 9207 §3 `authorization_response_iss_parameter_supported`.
    expect(searchParams.get("iss")).toBe(metadata.issuer);
    noteSecret(searchParams.get("code") ?? "");
  }
  expect(metadata.authorization_response_iss_parameter_supported).toBe(true);
});

test("response modes: each returns the code in its own way, and no other does", async ({ portal, person }) => {
  const application = await portal.createApplication({ skipConsent: true });
  const answer = (mode: string) => person.get(authorizePath(authorizationOf(application, { response_mode: mode })));
  const modes: Record<string, () => Promise<unknown>> = {
    query: async () => new URL((await answer("query")).headers.location ?? "").searchParams.get("code"),
    fragment: async () => {
      const { hash } = new URL((await answer("fragment")).headers.location ?? "");
      return new URLSearchParams(hash.slice(1)).get("code");
    },
    form_post: async () => {
      const form = readForms((await answer("form_post")).text).find(({ action }) => action === application.redirectUri);
      return form?.method === "post" ? form.fields.code : null;
    },
    // JARM §2.3: the same three ways, with one signed parameter.
    jwt: async () => readSigned(new URL((await answer("jwt")).headers.location ?? "").search),
    "query.jwt": async () => readSigned(new URL((await answer("query.jwt")).headers.location ?? "").search),
    "fragment.jwt": async () =>
      readSigned(new URL((await answer("fragment.jwt")).headers.location ?? "").hash.slice(1)),
    "form_post.jwt": async () => {
      const { text } = await answer("form_post.jwt");
      const form = readForms(text).find(({ action }) => action === application.redirectUri);
      return readSigned(new URLSearchParams(form?.fields).toString());
    },
  };
  expect(readList("response_modes_supported").toSorted()).toEqual(Object.keys(modes).toSorted());
  for (const [mode, readCode] of Object.entries(modes)) {
    const code = await readCode();
    expect(code, mode).toMatch(/^[\w-]{43}$/);
    noteSecret(String(code));
  }
  for (const mode of ["web_message", "none.jwt"]) {
    const { headers } = await answer(mode);
    expect(new URL(headers.location ?? "").searchParams.get("error"), mode).toBe("invalid_request");
  }
});

test("code challenge methods: S256, and neither plain nor anything else", async ({ portal, person }) => {
  const application = await portal.createApplication({ skipConsent: true });
  const { challenge } = createPkcePair();
  for (const method of [...readList("code_challenge_methods_supported"), "plain", "S512"]) {
    const request = authorizationOf(application, { code_challenge: challenge, code_challenge_method: method });
    const { searchParams } = new URL((await person.get(authorizePath(request))).headers.location ?? "");
    const isSupported = readList("code_challenge_methods_supported").includes(method);
    expect(searchParams.get("error"), method).toBe(isSupported ? null : "invalid_request");
    noteSecret(searchParams.get("code") ?? "");
  }
});

test("prompts: each advertised one is understood, and no other is", async ({ portal, person }) => {
  const application = await portal.createApplication({ skipConsent: true });
  for (const prompt of [...readList("prompt_values_supported"), "sometimes"]) {
    const { status, headers } = await person.get(authorizePath(authorizationOf(application, { prompt })));
    expect(status).toBe(303);
    const isSupported = readList("prompt_values_supported").includes(prompt);
    expect(/error=invalid_request/.test(headers.location ?? ""), prompt).toBe(!isSupported);
    noteSecret(new URL(headers.location ?? "", baseUrl).searchParams.get("code") ?? "");
  }
});

test("prompt=create isn't advertised while nobody can sign up, and leads to the sign-in page", async ({
  portal,
  person,
}) => {
  expect(readList("prompt_values_supported")).not.toContain("create");
  const application = await portal.createApplication({ skipConsent: true });
  const { headers } = await person.get(authorizePath(authorizationOf(application, { prompt: "create" })));
  expect(headers.location).toMatch(/^\/login\?/);
});

function readSigned(parameters: string): unknown {
  const values = new URLSearchParams(parameters);
  expect([...values.keys()]).toEqual(["response"]);
  return decodeJwt(values.get("response") ?? "").code;
}
