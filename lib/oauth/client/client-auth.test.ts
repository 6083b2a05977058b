import { describe, expect, test } from "vitest";
import { authenticateFully } from "../testing/authenticate";
import { buildSecret } from "../testing/builders";
import { basic, buildClientRequest, type Wire } from "../testing/flow";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { digest } from "../wire/digest";
import { InvalidClientError, InvalidRequestError } from "../wire/errors";
import { isClientId } from "./client-auth";

function authenticate(context: TestContext, authorization: string | null, body: Wire = {}) {
  const request = buildClientRequest(body, { authorization });
  return authenticateFully(context, request);
}

const rawBasic = (text: string | Uint8Array) => `Basic ${Buffer.from(text).toString("base64")}`;

describe("RFC 6749 §2.3.1: a confidential client authenticates with its secret", () => {
  test("by HTTP Basic or in the body", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const { clientId } = client;
    expect(await authenticate(context, basic(clientId, secret))).toMatchObject({ id: client.id });
    expect(await authenticate(context, null, { client_id: clientId, client_secret: secret })).toMatchObject({
      id: client.id,
    });
  });

  test.each(["basic", "BASIC", "bAsIc", "Basic  "])(
    "RFC 9110 §11.1: the scheme %j is read in any case",
    async (scheme) => {
      const context = buildContext();
      const { client, secret } = registerClient(context);
      const header = basic(client.clientId, secret).replace("Basic", scheme);
      expect(await authenticate(context, header)).toMatchObject({ id: client.id });
    },
  );

  test("both halves of Basic are form-encoded, so they may contain any character", async () => {
    const context = buildContext();
    const { record } = buildSecret();
    const secret = "p:ä s%s+w&ö=r/d🗝";
    const { client } = registerClient(context, {
      clientId: "my:client id+%",
      secrets: [{ ...record, hash: digest(secret) }],
    });
    expect(await authenticate(context, basic(client.clientId, secret))).toMatchObject({ id: client.id });
    expect(await authenticate(context, null, { client_id: client.clientId, client_secret: secret })).toMatchObject({
      id: client.id,
    });
  });

  test("RFC 7617: they may also be unencoded, like curl -u sends them, with any + or % in them", async () => {
    const ids = ["id+", "100%", "a%zz", "a%20b+c", "plain"];
    const secrets = ["p+ss%word", "a%2Bb", "100%", "%zz%", "%c3%28", "a:b:c", "++", "%41", "~!@#$&*()=?/\\\"'"];
    for (const clientId of ids) {
      for (const text of secrets) {
        const context = buildContext();
        const { record } = buildSecret({ hash: digest(text) });
        const { client } = registerClient(context, { clientId, secrets: [record] });
        for (const header of [rawBasic(`${clientId}:${text}`), basic(clientId, text)]) {
          expect(await authenticate(context, header), `${clientId}:${text}`).toMatchObject({ id: client.id });
          expect(await authenticate(context, header, { client_id: clientId })).toMatchObject({ id: client.id });
        }
        await expect(authenticate(context, rawBasic(`${clientId}:${text}x`))).rejects.toThrow(InvalidClientError);
      }
    }
  });

  test("RFC 7617 §2: an unencoded ID ends at the first colon, so one with a colon has to be encoded", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context, { clientId: "a:b" });
    await expect(authenticate(context, rawBasic(`a:b:${secret}`))).rejects.toThrow(InvalidClientError);
    expect(await authenticate(context, rawBasic(`a%3Ab:${secret}`))).toMatchObject({ id: client.id });
  });

  test("two clients whose IDs are two readings of one header: the correct secret decides", async () => {
    const context = buildContext();
    const [decoded, plain] = ["a b", "a+b"].map((clientId) => registerClient(context, { clientId }));
    for (const { client, secret } of [decoded, plain].flatMap((registered) => registered ?? [])) {
      expect(await authenticate(context, rawBasic(`a+b:${secret}`))).toMatchObject({ id: client.id });
    }
    const named = authenticate(context, rawBasic(`a+b:${decoded?.secret}`), { client_id: "a+b" });
    await expect(named).rejects.toThrow(InvalidClientError);
  });

  test("the client_id may be repeated beside Basic, if it is the same", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const header = basic(client.clientId, secret);
    expect(await authenticate(context, header, { client_id: client.clientId })).toMatchObject({ id: client.id });
    await expect(authenticate(context, header, { client_id: "other" })).rejects.toThrow(InvalidRequestError);
  });

  test("RFC 6749 §2.3: two methods at once are an invalid_request, whatever each of them is worth", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const body = { client_id: client.clientId, client_secret: secret };
    await expect(authenticate(context, basic(client.clientId, secret), body)).rejects.toThrow(InvalidRequestError);
    await expect(authenticate(context, basic(client.clientId, "x"), body)).rejects.toThrow(InvalidRequestError);
    await expect(authenticate(context, "Bearer x", body)).rejects.toThrow(InvalidRequestError);
    const secretOnly = { client_secret: secret };
    await expect(authenticate(context, basic(client.clientId, secret), secretOnly)).rejects.toThrow(
      InvalidRequestError,
    );
  });
});

describe("RFC 6749 §5.2: everything else is invalid_client", () => {
  test("a wrong secret, an almost correct one, an empty one and none", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const { clientId } = client;
    for (const wrong of [
      "wrong",
      secret.toLowerCase(),
      `${secret} `,
      secret.slice(1),
      `${secret}\0`,
      client.secrets[0]?.hash ?? "",
    ]) {
      await expect(authenticate(context, basic(clientId, wrong))).rejects.toThrow(InvalidClientError);
      const body = { client_id: clientId, client_secret: wrong };
      await expect(authenticate(context, null, body)).rejects.toThrow(InvalidClientError);
    }
    await expect(authenticate(context, basic(clientId, ""))).rejects.toThrow(InvalidClientError);
    await expect(authenticate(context, null, { client_id: clientId, client_secret: "" })).rejects.toThrow(
      InvalidClientError,
    );
    await expect(authenticate(context, null, { client_id: clientId })).rejects.toThrow(InvalidClientError);
  });

  test("an unknown client, one in another case, and none", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context, { clientId: "MixedCase" });
    for (const clientId of ["unknown", "mixedcase", " MixedCase", client.id]) {
      await expect(authenticate(context, basic(clientId, secret))).rejects.toThrow(InvalidClientError);
      const body = { client_id: clientId, client_secret: secret };
      await expect(authenticate(context, null, body)).rejects.toThrow(InvalidClientError);
    }
    await expect(authenticate(context, null)).rejects.toThrow(InvalidClientError);
    await expect(authenticate(context, null, { client_secret: secret })).rejects.toThrow(InvalidClientError);
  });

  test("another client's secret", async () => {
    const context = buildContext();
    const [one, other] = [registerClient(context), registerClient(context)];
    await expect(authenticate(context, basic(one.client.clientId, other.secret))).rejects.toThrow(InvalidClientError);
  });

  test("a disabled client, with the correct secret", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context, { disabled: true });
    await expect(authenticate(context, basic(client.clientId, secret))).rejects.toThrow(InvalidClientError);
  });

  test("a confidential client that has no secret", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { secrets: [] });
    await expect(authenticate(context, null, { client_id: client.clientId })).rejects.toThrow(InvalidClientError);
    await expect(authenticate(context, basic(client.clientId, "x"))).rejects.toThrow(InvalidClientError);
  });

  test.each([
    ["empty", ""],
    ["another scheme", "Bearer abc"],
    ["the scheme alone", "Basic"],
    ["the scheme and a space", "Basic "],
    ["no space", "Basicabc"],
    ["no base64", "Basic !!!"],
    ["base64 with something behind it", `${rawBasic("a:b")} c`],
    ["two lists of credentials", `${rawBasic("a:b")}, ${rawBasic("c:d")}`],
    ["no colon", rawBasic("only-an-id")],
    ["bytes that aren't UTF-8", rawBasic(new Uint8Array([0x61, 0x3a, 0xff, 0xfe]))],
    ["broken percent-encoding of the id", rawBasic("%zz:secret")],
    ["broken percent-encoding of the secret", rawBasic("id:100%")],
    ["a NUL", rawBasic("a\0b:secret")],
    ["an encoded NUL", rawBasic("a%00b:secret")],
    ["no id", rawBasic(":secret")],
    ["64 kB", rawBasic(`${"a".repeat(32_000)}:${"b".repeat(16_000)}`)],
  ])("an Authorization header that is %s", async (_, header) => {
    await expect(authenticate(buildContext(), header)).rejects.toThrow(InvalidClientError);
  });

  test("invalid UTF-8 doesn't become the replacement characters that a secret may contain", async () => {
    const context = buildContext();
    const { record } = buildSecret();
    const secrets = [{ ...record, hash: digest("\ufffd\ufffd") }];
    const { client } = registerClient(context, { secrets });
    const header = rawBasic(new Uint8Array([...Buffer.from(`${client.clientId}:`), 0xff, 0xfe]));
    await expect(authenticate(context, header)).rejects.toThrow(InvalidClientError);
    await expect(authenticate(context, basic(client.clientId, "\ufffd\ufffd"))).resolves.toBeDefined();
  });

  test.each(["a\0b", "a\n", "ü", "x".repeat(256)])("storage is not asked for a client id like %j", async (clientId) => {
    const context = buildContext();
    context.stores.clients.find = async (asked) => {
      // By Basic it may also be one that looks encoded.
      if (isClientId(asked)) return null;
      throw new Error("refused by the storage");
    };
    const body = { client_id: clientId, client_secret: "x" };
    await expect(authenticate(context, null, body)).rejects.toThrow(InvalidClientError);
    await expect(authenticate(context, basic(clientId, "x"))).rejects.toThrow(InvalidClientError);
  });

  test("it is 401 with the challenge of the accepted scheme", () => {
    const error = new InvalidClientError();
    expect(error.status).toBe(401);
    expect(error.headers["WWW-Authenticate"]).toMatch(/^Basic realm="[^"]+"/);
  });
});

describe("RFC 6749 §3.2.1: a public client is identified by its client_id alone", () => {
  test("in the body, or as a Basic user name without a password", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { clientType: "public" });
    expect(await authenticate(context, null, { client_id: client.clientId })).toMatchObject({ id: client.id });
    expect(await authenticate(context, basic(client.clientId, ""))).toMatchObject({ id: client.id });
  });

  test("a secret that it presents can't be correct", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { clientType: "public" });
    const body = { client_id: client.clientId, client_secret: "any" };
    await expect(authenticate(context, null, body)).rejects.toThrow(InvalidClientError);
    await expect(authenticate(context, basic(client.clientId, "any"))).rejects.toThrow(InvalidClientError);
  });

  test("not even one left from when it was confidential", async () => {
    const context = buildContext();
    const { secret, record } = buildSecret();
    const { client } = registerClient(context, { clientType: "public", secrets: [record] });
    await expect(authenticate(context, basic(client.clientId, secret))).rejects.toThrow(InvalidClientError);
  });
});

test.each([
  ["a", true],
  ["a b:c%~", true],
  ["x".repeat(255), true],
  ["", false],
  ["x".repeat(256), false],
  ["a\0b", false],
  ["a\n", false],
  ["ü", false],
  ["\x7f", false],
])("RFC 6749 Appendix A.1: whether %j may be a client id: %s", (value, expected) => {
  expect(isClientId(value)).toBe(expected);
});
