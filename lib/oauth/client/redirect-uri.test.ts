import { describe, expect, test } from "vitest";
import { assuresClientIdentity, findRedirectUriProblem, findUndottedScheme, matchesRedirectUri } from "./redirect-uri";

const strict = { allowHttp: false };

describe("registering a redirect URI", () => {
  test.each([
    ["a web application", "https://app.example.com/callback"],
    ["a host alone", "https://app.example.com"],
    ["another port", "https://app.example.com:8443/callback"],
    ["a query (RFC 6749 §3.1.2)", "https://app.example.com/callback?tenant=a&lang=de"],
    ["percent-encoded letters", "https://app.example.com/r%C3%BCck"],
    ["an encoded host name", "https://xn--bcher-kva.example/callback"],
    ["an IPv6 host", "https://[2001:db8::1]/callback"],
    ["a path parameter", "https://app.example.com/callback;v=1"],
    ["a comma in path and query", "https://app.example.com/a,b?fields=c,d"],
    ["dots that are no segment", "https://app.example.com/..callback/a.b/...?x=1"],
    ["a loopback address (RFC 8252 §7.3)", "http://127.0.0.1/callback"],
    ["a loopback address with a port", "http://127.0.0.1:8000/noexist/callback"],
    ["the IPv6 loopback address", "http://[::1]/callback"],
    ["localhost", "http://localhost:3000/callback"],
    ["a private-use scheme (RFC 8252 §7.1)", "com.example.app:/oauth2redirect"],
    ["a private-use scheme with a host", "com.example.app://oauth2redirect/done"],
    ["2000 characters", `https://app.example.com/${"a".repeat(2000 - 24)}`],
  ])("%s is accepted: %s", (_, uri) => {
    expect(findRedirectUriProblem(uri, strict)).toBeNull();
  });

  test.each([
    ["empty", "", /percent-encoded/],
    ["relative", "/callback", /complete address/],
    ["without a scheme", "app.example.com/callback", /complete address/],
    ["a scheme alone", "https://", /complete address/],
    ["without slashes", "https:app.example.com/callback", /needs a host/],
    ["one slash", "https:/app.example.com/callback", /needs a host/],
    ["three slashes", "https:///app.example.com/callback", /Write the host/],
    ["too long", `https://app.example.com/${"a".repeat(2000)}`, /at most 2000/],
    ["fragment (RFC 6749 §3.1.2)", "https://app.example.com/callback#x", /fragment/],
    ["empty fragment", "https://app.example.com/callback#", /fragment/],
    ["wildcard host", "https://*.example.com/callback", /Wildcards/],
    ["wildcard path", "https://app.example.com/*", /Wildcards/],
    ["user name", "https://user@app.example.com/callback", /user name/],
    ["user name and password", "https://user:secret@app.example.com/", /user name/],
    ["empty user name", "https://@app.example.com/", /user name/],
    ["several at signs", "https://a@b@app.example.com/", /user name/],
    ["user name in a private-use scheme", "com.example.app://user@host/cb", /user name/],
    ["backslash", "https://app.example.com\\callback", /percent-encoded/],
    ["quotation mark", 'https://app.example.com/"callback', /percent-encoded/],
    ["angle bracket", "https://app.example.com/<script>", /percent-encoded/],
    ["curly bracket", "https://app.example.com/{id}", /percent-encoded/],
    ["space", "https://app.example.com/call back", /percent-encoded/],
    ["leading space", " https://app.example.com/callback", /percent-encoded/],
    ["line break", "https://app.example.com/\r\nSet-Cookie:a=b", /percent-encoded/],
    ["tab", "java\tscript:alert(1)", /percent-encoded/],
    ["NUL", "https://app.example.com/\0", /percent-encoded/],
    ["letters outside ASCII", "https://bücher.example/callback", /percent-encoded/],
    ["look-alike solidus", "https://app.example.com／callback", /percent-encoded/],
    ["two URIs with a comma between", "https://a.example.com/cb,https://b.example.com/cb", /commas/],
    ["two hosts with a comma between", "https://a.example.com,b.example.com/", /commas/],
    ["the end of a CSP directive in the host", "https://a.example;sandbox/cb", /valid host/],
    ["an apostrophe in the host", "https://a'b.example/cb", /valid host/],
    ["an underscore in the host", "https://my_app.example/cb", /valid host/],
    ["an empty label", "https://a..example/cb", /valid host/],
    ["a dot at the end of the host", "https://app.example.com./cb", /valid host/],
    ["a semicolon after an app's own scheme", "com.example.app://a;b/cb", /After the scheme/],
    ["broken percent-encoding", "https://app.example.com/%zz", /broken/],
    ["cut percent-encoding", "https://app.example.com/%2", /broken/],
    ["upper-case scheme", "HTTPS://app.example.com/callback", /lower case/],
    ["upper-case host", "https://APP.example.com/callback", /Write the host as https:\/\/app\.example\.com/],
    ["percent-encoded host", "https://%61pp.example.com/callback", /Write the host as/],
    ["number as a host", "https://2130706433/callback", /Write the host as https:\/\/127\.0\.0\.1/],
    ["short IPv4 address", "http://127.1/callback", /Write the host as http:\/\/127\.0\.0\.1/],
    ["long IPv6 loopback address", "http://[0:0:0:0:0:0:0:1]/callback", /Write the host as http:\/\/\[::1\]/],
    ["parent segment", "https://app.example.com/a/../callback", /segments/],
    ["trailing parent segment", "https://app.example.com/a/..", /segments/],
    ["encoded parent segment", "https://app.example.com/a/%2e%2E/callback", /segments/],
    ["current segment", "https://app.example.com/./callback", /segments/],
    ["javascript", "javascript:alert(1)", /javascript: is not allowed/],
    ["javascript with slashes", "javascript://app.example.com/%0aalert(1)", /javascript: is not allowed/],
    ["JaVaScRiPt", "JaVaScRiPt:alert(1)", /lower case/],
    ["data", "data:text/html,hello", /data: is not allowed/],
    ["vbscript", "vbscript:msgbox(1)", /vbscript: is not allowed/],
    ["file", "file:///etc/passwd", /file: is not allowed/],
    ["blob", "blob:https://app.example.com/1", /blob: is not allowed/],
    ["about", "about:blank", /about: is not allowed/],
    ["view-source", "view-source:https://app.example.com/", /view-source: is not allowed/],
    ["web socket", "wss://app.example.com/callback", /wss: is not allowed/],
    ["mail", "mailto:someone@example.com", /mailto: is not allowed/],
    ["out of band (RFC 8252 Appendix B)", "urn:ietf:wg:oauth:2.0:oob", /urn: is not allowed/],
    ["a scheme that isn't a reversed domain name (RFC 8252 §7.1)", "myapp://callback", /reversed domain name/],
    ["a private-use scheme alone", "com.example.app:", /needs a path/],
    ["plain http (RFC 9700 §2.6)", "http://app.example.com/callback", /Plain http/],
    ["plain http that looks like loopback", "http://127.0.0.1.evil.example/", /Plain http/],
    ["plain http that looks like localhost", "http://localhost.evil.example/", /Plain http/],
    ["plain http to any interface", "http://0.0.0.0/callback", /Plain http/],
    ["plain http to a private network", "http://192.168.1.10/callback", /Plain http/],
  ])("%s is refused: %j", (_, uri, problem) => {
    expect(findRedirectUriProblem(uri, strict)).toMatch(problem);
  });

  test("the development switch allows plain http, and nothing else", () => {
    const lax = { allowHttp: true };
    expect(findRedirectUriProblem("http://app.example.com/callback", lax)).toBeNull();
    expect(findRedirectUriProblem("http://app.example.com/callback#x", lax)).toMatch(/fragment/);
    expect(findRedirectUriProblem("javascript:alert(1)", lax)).toMatch(/not allowed/);
  });
});

describe("RFC 8252 §7.1: app schemes without a dot", () => {
  const listed = { allowHttp: false, privateSchemes: ["cursor", "vscode-insiders"] };
  const any = { allowHttp: false, privateSchemes: "any" } as const;

  test.each(["cursor://anysphere.cursor-mcp/oauth/callback", "vscode-insiders://host/cb", "cursor:/cb"])(
    "%s is accepted if its scheme is on the list",
    (uri) => {
      expect(findRedirectUriProblem(uri, listed)).toBeNull();
      expect(findRedirectUriProblem(uri, any)).toBeNull();
      expect(findRedirectUriProblem(uri, { allowHttp: false })).toMatch(/reversed domain name/);
    },
  );

  test.each(["myapp:/cb", "vscode://host/cb", "x-cursor:/cb", "cursor2:/cb"])("%s needs an administrator", (uri) => {
    expect(findRedirectUriProblem(uri, listed)).toMatch(/reversed domain name/);
    expect(findRedirectUriProblem(uri, any)).toBeNull();
  });

  test.each(
    "javascript:alert(1) data:text/html,x vbscript:x file:///etc/passwd blob:x filesystem:x about:blank view-source:x ws://h/ wss://h/ ftp://h/ mailto:a chrome://settings intent://x ms-msdt:/x search-ms:x ssh://h/ tel:1 urn:a:b localhost:3000/cb".split(
      " ",
    ),
  )("attack 15: %s is refused to everyone", (uri) => {
    const refused = { allowHttp: true, privateSchemes: "any" } as const;
    expect(findRedirectUriProblem(uri, refused)).toMatch(/is not allowed/);
    expect(findRedirectUriProblem(uri, { ...refused, privateSchemes: [uri.split(":")[0] ?? ""] })).not.toBeNull();
  });

  test.each(["http://app.example/", "myapp:", "MyApp:/cb", "myapp://a;b/cb", "myapp:/cb#x", "my_app:/cb"])(
    "every other rule applies to an administrator's as well: %s",
    (uri) => {
      expect(findRedirectUriProblem(uri, any)).not.toBeNull();
    },
  );

  test("the scheme of an address", () => {
    expect(findUndottedScheme("cursor://x")).toBe("cursor");
    for (const uri of ["https://x", "http://x", "com.example.app:/x", "x", "", "1a:/"]) {
      expect(findUndottedScheme(uri)).toBeNull();
    }
  });
});

describe("RFC 9700 §4.1.3: a redirect URI matches by exact string comparison", () => {
  const registered = "https://app.example.com/cb/in?tenant=a&lang=de";

  test("the registered one matches", () => {
    expect(matchesRedirectUri(registered, registered, null)).toBe(true);
  });

  test.each([
    ["path in another case", "https://app.example.com/CB/in?tenant=a&lang=de"],
    ["host in another case", "https://APP.example.com/cb/in?tenant=a&lang=de"],
    ["scheme in another case", "HTTPS://app.example.com/cb/in?tenant=a&lang=de"],
    ["other scheme", "http://app.example.com/cb/in?tenant=a&lang=de"],
    ["trailing slash", "https://app.example.com/cb/in/?tenant=a&lang=de"],
    ["doubled slash", "https://app.example.com//cb/in?tenant=a&lang=de"],
    ["shorter path", "https://app.example.com/cb?tenant=a&lang=de"],
    ["longer path", "https://app.example.com/cb/in/x?tenant=a&lang=de"],
    ["without the query", "https://app.example.com/cb/in"],
    ["extra query parameter", `${registered}&next=https://evil.example`],
    ["reordered query", "https://app.example.com/cb/in?lang=de&tenant=a"],
    ["other query value", "https://app.example.com/cb/in?tenant=b&lang=de"],
    ["path parameter", "https://app.example.com/cb/in;evil=1?tenant=a&lang=de"],
    ["fragment", `${registered}#x`],
    ["bare fragment", `${registered}#`],
    ["encoded fragment", `${registered}%23`],
    ["user name", "https://evil@app.example.com/cb/in?tenant=a&lang=de"],
    ["registered host as a user name", "https://app.example.com@evil.example/cb/in?tenant=a&lang=de"],
    ["several at signs", "https://app.example.com@x@evil.example/cb/in?tenant=a&lang=de"],
    ["registered host as a prefix", "https://app.example.com.evil.example/cb/in?tenant=a&lang=de"],
    ["registered host as a suffix", "https://evil-app.example.com/cb/in?tenant=a&lang=de"],
    ["sub-domain", "https://x.app.example.com/cb/in?tenant=a&lang=de"],
    ["dot as any character", "https://appxexample.com/cb/in?tenant=a&lang=de"],
    ["trailing dot of the host", "https://app.example.com./cb/in?tenant=a&lang=de"],
    ["look-alike letter", "https://аpp.example.com/cb/in?tenant=a&lang=de"],
    ["default port", "https://app.example.com:443/cb/in?tenant=a&lang=de"],
    ["other port", "https://app.example.com:8443/cb/in?tenant=a&lang=de"],
    ["parent segment", "https://app.example.com/cb/x/../in?tenant=a&lang=de"],
    ["encoded parent segment", "https://app.example.com/cb/x/%2e%2e/in?tenant=a&lang=de"],
    ["encoded slash", "https://app.example.com/cb%2fin?tenant=a&lang=de"],
    ["encoded letter", "https://app.example.com/cb/%69n?tenant=a&lang=de"],
    ["backslash", "https://app.example.com\\cb/in?tenant=a&lang=de"],
    ["backslash and another host", "https://evil.example\\@app.example.com/cb/in?tenant=a&lang=de"],
    ["trailing space", `${registered} `],
    ["trailing line break", `${registered}\n`],
    ["header injection", `${registered}\r\nLocation: https://evil.example`],
    ["trailing NUL", `${registered}\0`],
    ["tab in the scheme", "htt\tps://app.example.com/cb/in?tenant=a&lang=de"],
    ["another registered one after a comma", `${registered},https://evil.example`],
    ["empty", ""],
  ])("%s: %j does not match", (_, sent) => {
    expect(matchesRedirectUri(registered, sent, "native")).toBe(false);
    expect(matchesRedirectUri(registered, sent, "web")).toBe(false);
  });

  test.each([
    ["http://localhost/cb", "http://localhost:51004/cb"],
    ["http://localhost:8080/cb?x=1", "http://localhost/cb?x=1"],
    ["http://localhost", "http://localhost:1"],
  ])(
    "RFC 9700 §2.1: any port of localhost for a native application: %s and %s, exact for others",
    (registered, sent) => {
      expect(matchesRedirectUri(registered, sent, "native")).toBe(true);
      for (const kind of ["web", "single_page", "machine", "device", null] as const) {
        expect(matchesRedirectUri(registered, sent, kind), String(kind)).toBe(false);
        expect(matchesRedirectUri(registered, registered, kind)).toBe(true);
      }
    },
  );
});

describe("RFC 8252 §7.3: the port of a loopback address is chosen at the time of the request", () => {
  test.each([
    ["http://127.0.0.1/cb", "http://127.0.0.1:49152/cb"],
    ["http://127.0.0.1/cb", "http://127.0.0.1:65535/cb"],
    ["http://127.0.0.1:8000/cb", "http://127.0.0.1:8001/cb"],
    ["http://127.0.0.1:8000/cb", "http://127.0.0.1/cb"],
    ["http://127.0.0.1/cb?a=1", "http://127.0.0.1:5000/cb?a=1"],
    ["http://127.0.0.1", "http://127.0.0.1:5000"],
    ["http://[::1]/cb", "http://[::1]:49152/cb"],
  ])("%s matches %s", (registered, sent) => {
    expect(matchesRedirectUri(registered, sent, null)).toBe(true);
  });

  test.each([
    ["other path", "http://127.0.0.1/cb", "http://127.0.0.1:5000/other"],
    ["path where none is registered", "http://127.0.0.1", "http://127.0.0.1:5000/cb"],
    ["trailing slash", "http://127.0.0.1/cb", "http://127.0.0.1:5000/cb/"],
    ["extra query", "http://127.0.0.1/cb", "http://127.0.0.1:5000/cb?x=1"],
    ["fragment", "http://127.0.0.1/cb", "http://127.0.0.1:5000/cb#x"],
    ["longer host", "http://127.0.0.1", "http://127.0.0.1.evil.example/"],
    ["longer host with a port", "http://127.0.0.1/cb", "http://127.0.0.1.evil.example:5000/cb"],
    ["port as a user name's password", "http://127.0.0.1/cb", "http://127.0.0.1:80@evil.example/cb"],
    ["address as a user name", "http://127.0.0.1/cb", "http://127.0.0.1@evil.example/cb"],
    ["port past the end", "http://127.0.0.1/cb", "http://127.0.0.1:65536/cb"],
    ["port that is no number", "http://127.0.0.1/cb", "http://127.0.0.1:5e3/cb"],
    ["empty port", "http://127.0.0.1/cb", "http://127.0.0.1:/cb"],
    ["signed port", "http://127.0.0.1/cb", "http://127.0.0.1:+80/cb"],
    ["other loopback address", "http://127.0.0.1/cb", "http://127.0.0.2:5000/cb"],
    ["IPv6 for IPv4", "http://127.0.0.1/cb", "http://[::1]:5000/cb"],
    ["localhost for 127.0.0.1", "http://127.0.0.1/cb", "http://localhost:5000/cb"],
    ["127.0.0.1 for localhost", "http://localhost/cb", "http://127.0.0.1:5000/cb"],
    ["longer name than localhost", "http://localhost/cb", "http://localhost.evil.example:5000/cb"],
    ["localhost as a user name", "http://localhost/cb", "http://localhost:80@evil.example/cb"],
    ["another path at localhost", "http://localhost/cb", "http://localhost:5000/cb/"],
    ["a fragment at localhost", "http://localhost/cb", "http://localhost:5000/cb#x"],
    ["port past the end of localhost", "http://localhost/cb", "http://localhost:65536/cb"],
    ["https at localhost", "http://localhost/cb", "https://localhost:5000/cb"],
    ["another spelling of localhost", "http://localhost/cb", "http://LOCALHOST:5000/cb"],
    ["https", "http://127.0.0.1/cb", "https://127.0.0.1:5000/cb"],
    ["other port of https", "https://127.0.0.1/cb", "https://127.0.0.1:5000/cb"],
    ["line break", "http://127.0.0.1/cb", "http://127.0.0.1:5000/cb\n"],
    ["backslash", "http://127.0.0.1/cb", "http://127.0.0.1:5000\\cb"],
    ["other port elsewhere", "https://app.example/cb", "https://app.example:5000/cb"],
  ])("%s: %s does not match %j", (_, registered, sent) => {
    expect(matchesRedirectUri(registered, sent, "native")).toBe(false);
    expect(matchesRedirectUri(registered, sent, "web")).toBe(false);
  });

  test.each([
    ["http://localhost/cb", "http://localhost:51004/cb"],
    ["http://localhost:8080/cb?x=1", "http://localhost/cb?x=1"],
    ["http://localhost", "http://localhost:1"],
  ])(
    "RFC 9700 §2.1: any port of localhost for a native application: %s and %s, exact for others",
    (registered, sent) => {
      expect(matchesRedirectUri(registered, sent, "native")).toBe(true);
      for (const kind of ["web", "single_page", "machine", "device", null] as const) {
        expect(matchesRedirectUri(registered, sent, kind), String(kind)).toBe(false);
        expect(matchesRedirectUri(registered, registered, kind)).toBe(true);
      }
    },
  );
});

test("RFC 8252 §8.6: only https proves who receives the code", () => {
  expect(assuresClientIdentity("https://app.example/cb")).toBe(true);
  expect(assuresClientIdentity("http://127.0.0.1/cb")).toBe(false);
  expect(assuresClientIdentity("http://localhost/cb")).toBe(false);
  expect(assuresClientIdentity("com.example.app:/cb")).toBe(false);
});
