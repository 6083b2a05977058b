import { describe, expect, test } from "vitest";
import { assuresClientIdentity, findRedirectUriProblem, findUndottedScheme, matchesRedirectUri } from "./redirect-uri";

const strict = { allowHttp: false };

/** The code, followed by its values. */
function codeOf(found: ReturnType<typeof findRedirectUriProblem>): string | undefined {
  return found?.values ? [found.code, ...Object.values(found.values)].join(" ") : found?.code;
}

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
    ["empty", "", "encode"],
    ["relative", "/callback", "redirectUriIncomplete"],
    ["without a scheme", "app.example.com/callback", "redirectUriIncomplete"],
    ["a scheme alone", "https://", "redirectUriIncomplete"],
    ["without slashes", "https:app.example.com/callback", "noHost"],
    ["one slash", "https:/app.example.com/callback", "noHost"],
    ["three slashes", "https:///app.example.com/callback", "hostSpelling https://app.example.com"],
    ["too long", `https://app.example.com/${"a".repeat(2000)}`, "redirectUriLong 2000"],
    ["fragment (RFC 6749 §3.1.2)", "https://app.example.com/callback#x", "redirectUriFragment"],
    ["empty fragment", "https://app.example.com/callback#", "redirectUriFragment"],
    ["wildcard host", "https://*.example.com/callback", "wildcard"],
    ["wildcard path", "https://app.example.com/*", "wildcard"],
    ["user name", "https://user@app.example.com/callback", "redirectUriUser"],
    ["user name and password", "https://user:secret@app.example.com/", "redirectUriUser"],
    ["empty user name", "https://@app.example.com/", "redirectUriUser"],
    ["several at signs", "https://a@b@app.example.com/", "redirectUriUser"],
    ["user name in a private-use scheme", "com.example.app://user@host/cb", "redirectUriUser"],
    ["backslash", "https://app.example.com\\callback", "character"],
    ["quotation mark", 'https://app.example.com/"callback', "character"],
    ["angle bracket", "https://app.example.com/<script>", "character"],
    ["curly bracket", "https://app.example.com/{id}", "character"],
    ["space", "https://app.example.com/call back", "encode"],
    ["leading space", " https://app.example.com/callback", "encode"],
    ["line break", "https://app.example.com/\r\nSet-Cookie:a=b", "encode"],
    ["tab", "java\tscript:alert(1)", "encode"],
    ["NUL", "https://app.example.com/\0", "encode"],
    ["letters outside ASCII", "https://bücher.example/callback", "encode"],
    ["look-alike solidus", "https://app.example.com／callback", "encode"],
    ["two URIs with a comma between", "https://a.example.com/cb,https://b.example.com/cb", "several"],
    ["two hosts with a comma between", "https://a.example.com,b.example.com/", "several"],
    ["the end of a CSP directive in the host", "https://a.example;sandbox/cb", "host"],
    ["an apostrophe in the host", "https://a'b.example/cb", "host"],
    ["an underscore in the host", "https://my_app.example/cb", "host"],
    ["an empty label", "https://a..example/cb", "host"],
    ["a dot at the end of the host", "https://app.example.com./cb", "host"],
    ["a semicolon after an app's own scheme", "com.example.app://a;b/cb", "authority"],
    ["broken percent-encoding", "https://app.example.com/%zz", "percent"],
    ["cut percent-encoding", "https://app.example.com/%2", "percent"],
    ["upper-case scheme", "HTTPS://app.example.com/callback", "schemeCase"],
    ["upper-case host", "https://APP.example.com/callback", "hostSpelling https://app.example.com"],
    ["percent-encoded host", "https://%61pp.example.com/callback", "hostSpelling https://app.example.com"],
    ["number as a host", "https://2130706433/callback", "hostSpelling https://127.0.0.1"],
    ["short IPv4 address", "http://127.1/callback", "hostSpelling http://127.0.0.1"],
    ["long IPv6 loopback address", "http://[0:0:0:0:0:0:0:1]/callback", "hostSpelling http://[::1]"],
    ["parent segment", "https://app.example.com/a/../callback", "dots"],
    ["trailing parent segment", "https://app.example.com/a/..", "dots"],
    ["encoded parent segment", "https://app.example.com/a/%2e%2E/callback", "dots"],
    ["current segment", "https://app.example.com/./callback", "dots"],
    ["javascript", "javascript:alert(1)", "scheme javascript"],
    ["javascript with slashes", "javascript://app.example.com/%0aalert(1)", "scheme javascript"],
    ["JaVaScRiPt", "JaVaScRiPt:alert(1)", "schemeCase"],
    ["data", "data:text/html,hello", "scheme data"],
    ["vbscript", "vbscript:msgbox(1)", "scheme vbscript"],
    ["file", "file:///etc/passwd", "scheme file"],
    ["blob", "blob:https://app.example.com/1", "scheme blob"],
    ["about", "about:blank", "scheme about"],
    ["view-source", "view-source:https://app.example.com/", "scheme view-source"],
    ["web socket", "wss://app.example.com/callback", "scheme wss"],
    ["mail", "mailto:someone@example.com", "scheme mailto"],
    ["out of band (RFC 8252 Appendix B)", "urn:ietf:wg:oauth:2.0:oob", "scheme urn"],
    ["a scheme that isn't a reversed domain name (RFC 8252 §7.1)", "myapp://callback", "undotted"],
    ["a private-use scheme alone", "com.example.app:", "noPath"],
    ["plain http (RFC 9700 §2.6)", "http://app.example.com/callback", "plainHttp"],
    ["plain http that looks like loopback", "http://127.0.0.1.evil.example/", "plainHttp"],
    ["plain http that looks like localhost", "http://localhost.evil.example/", "plainHttp"],
    ["plain http to any interface", "http://0.0.0.0/callback", "plainHttp"],
    ["plain http to a private network", "http://192.168.1.10/callback", "plainHttp"],
  ])("%s is refused: %j", (_, uri, problem) => {
    expect(codeOf(findRedirectUriProblem(uri, strict))).toBe(problem);
  });

  test("the development switch allows plain http, and nothing else", () => {
    const lax = { allowHttp: true };
    expect(findRedirectUriProblem("http://app.example.com/callback", lax)).toBeNull();
    expect(codeOf(findRedirectUriProblem("http://app.example.com/callback#x", lax))).toBe("redirectUriFragment");
    expect(codeOf(findRedirectUriProblem("javascript:alert(1)", lax))).toBe("scheme javascript");
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
      expect(codeOf(findRedirectUriProblem(uri, { allowHttp: false }))).toBe("undotted");
    },
  );

  test.each(["myapp:/cb", "vscode://host/cb", "x-cursor:/cb", "cursor2:/cb"])("%s needs an administrator", (uri) => {
    expect(codeOf(findRedirectUriProblem(uri, listed))).toBe("undotted");
    expect(findRedirectUriProblem(uri, any)).toBeNull();
  });

  test.each(
    "javascript:alert(1) data:text/html,x vbscript:x file:///etc/passwd blob:x filesystem:x about:blank view-source:x ws://h/ wss://h/ ftp://h/ mailto:a chrome://settings intent://x ms-msdt:/x search-ms:x ssh://h/ tel:1 urn:a:b localhost:3000/cb".split(
      " ",
    ),
  )("attack 15: %s is refused to everyone", (uri) => {
    const refused = { allowHttp: true, privateSchemes: "any" } as const;
    expect(codeOf(findRedirectUriProblem(uri, refused))).toMatch(/^scheme /);
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
