import { connect } from "node:net";
import fc from "fast-check";
import { expect } from "vitest";
import { baseUrl } from "../support/environment";
import { test } from "../support/vitest";

/** Requests per run; `FUZZ_REQUESTS=10000` is the long version. */
const requests = Number(process.env.FUZZ_REQUESTS ?? 400);
/** Sent at the same time. */
const parallel = 20;

const paths = [
  ..."/ /login /login/submit /login/cancel /logout/submit /consent /consent/submit /account /account/password/submit".split(
    " ",
  ),
  ..."/account/profile /account/sessions /admin/login /setup/x /setup/x/submit /theme /resource /nothing".split(" "),
  ..."/o/authorize /o/token /o/introspect /o/revoke_token /o/par /o/device-authorization /o/userinfo /o/logout".split(
    " ",
  ),
  ..."/o/logged-out /o/check-session /o/device /o/device/submit /o/device/confirm /o/register /o/register/x".split(" "),
  ..."/o/applications /o/applications/register /o/applications/x /o/apis /o/scopes /o/signing-keys".split(" "),
  ..."/o/registration-tokens /o/authorized_tokens /o/logo/x /o/.well-known/jwks.json".split(" "),
  ..."/.well-known/openid-configuration/o /.well-known/security.txt /_next/static/x.js /_next/image /favicon.ico".split(
    " ",
  ),
];

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUERY"];

const junk = fc.oneof(
  fc.constantFrom(
    "",
    "1",
    "null",
    "{}",
    "[]",
    '["",{}]',
    "%5B%22%22%2C%7B%7D%5D",
    "%",
    "%zz",
    "true",
    "undefined",
    "\u00e9",
  ),
  fc.string({ maxLength: 40 }),
  fc.string({ minLength: 1, maxLength: 3 }).map((text) => text.repeat(500)),
);

/** Characters that a header may contain (RFC 9110 §5.5), as bytes; others never arrive. */
const headerValue = junk.map((text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, "?"));

const headerNames = [
  ..."RSC Next-Router-State-Tree Next-Router-Prefetch Next-Router-Segment-Prefetch Next-Url Next-Action".split(" "),
  ..."X-Nextjs-Data Next-Html-Request-Id Authorization Cookie Origin Referer Accept Accept-Language DPoP".split(" "),
  ..."If-None-Match If-Modified-Since Range Sec-Fetch-Site Sec-Purpose Content-Encoding X-Middleware-Subrequest".split(
    " ",
  ),
  ..."Access-Control-Request-Method X-Forwarded-Host X-Forwarded-For Accept-Encoding User-Agent Expect".split(" "),
];

const contentTypes = fc.oneof(
  fc.constantFrom(
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "text/plain;charset=UTF-8",
    "text/x-component",
  ),
  headerValue,
);

const bodies = fc.oneof(
  junk,
  fc
    .dictionary(fc.string({ maxLength: 12 }), junk, { maxKeys: 6 })
    .map((fields) => new URLSearchParams(fields).toString()),
  fc.json(),
  fc.constantFrom(
    '--x\r\nContent-Disposition: form-data; name="$ACTION_ID_00112233"\r\n\r\n\r\n--x--\r\n',
    '--x\r\nContent-Disposition: form-data; name="$ACTION_REF_1"\r\n\r\n\r\n--x\r\nContent-Disposition: form-data; name="$ACTION_1:0"\r\n\r\n{"id":"7f","bound":"$@1"}\r\n--x--\r\n',
    '--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$K1","$F2"]\r\n--x--\r\n',
    "--x\r\nno headers",
  ),
);

const anyRequest = fc.record({
  method: fc.constantFrom(...methods),
  path: fc.constantFrom(...paths),
  query: fc.option(
    junk.map((text) => text.replace(/[\s#]/g, "+")),
    { nil: "" },
  ),
  headers: fc.array(fc.tuple(fc.constantFrom(...headerNames), headerValue), { maxLength: 4 }),
  contentType: contentTypes,
  body: bodies,
  signedIn: fc.boolean(),
});

type AnyRequest = typeof anyRequest extends fc.Arbitrary<infer T> ? T : never;

/** The bytes of the request, as no proper client would send them. */
function toBytes({ method, path, query, headers, contentType, body, signedIn }: AnyRequest, cookies: string): Buffer {
  const content = Buffer.from(body);
  const target = query === "" ? path : `${path}?${encodeURI(query).replace(/[^\x21-\x7e]/g, "")}`;
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `Host: ${new URL(baseUrl).host}`,
    "Connection: close",
    ...(signedIn ? [`Cookie: ${cookies}`] : []),
    ...headers.filter(([name]) => !(signedIn && name === "Cookie")).map(([name, value]) => `${name}: ${value}`),
    `Content-Type: ${contentType}`,
    `Content-Length: ${content.length}`,
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), content]);
}

/** A separate network: its mistakes are counted, and other tests must not be refused because of them. */
const network = "127.0.23.2";

/** The first line of the answer; empty if the server closed the connection without one. */
function statusLine(bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(port), host: hostname, localAddress: network });
    let answer = "";
    socket.setTimeout(20_000, () =>
      socket.destroy(new Error(`no answer to ${bytes.toString("latin1").slice(0, 300)}`)),
    );
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    socket.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "ECONNRESET" ? resolve(answer) : reject(error),
    );
    socket.on("close", () => resolve(answer.split("\r\n")[0] ?? ""));
    socket.write(bytes);
  });
}

test("no request, however malformed, is answered with a 5xx", { timeout: 600_000 }, async ({ person }) => {
  const cookies = String(person.cookieHeader("/").Cookie);
  const batches = fc.array(anyRequest, { minLength: parallel, maxLength: parallel });
  await fc.assert(
    fc.asyncProperty(batches, async (batch) => {
      const sent = batch.map((request) => toBytes(request, cookies));
      const answers = await Promise.all(sent.map(statusLine));
      const faults = answers.flatMap((line, index) =>
        /^HTTP\/1\.1 [1-4]/.test(line) ? [] : [`${line}\n${sent[index]?.toString("latin1").slice(0, 1500)}`],
      );
      expect(faults).toEqual([]);
    }),
    { numRuns: Math.ceil(requests / parallel), endOnFailure: true },
  );
});
