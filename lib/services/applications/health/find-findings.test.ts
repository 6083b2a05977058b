import { describe, expect, test } from "vitest";
import { type ClientSettings, defaultSettings } from "@/lib/oauth/ports/client-settings";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { findFindings, findingCodes, type HealthSubject } from "./find-findings";

const now = new Date("2026-11-27T12:00:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);

const secret = { label: "First", expiresAt: null, lastUsedAt: null, status: "active" } as const;

const settings: ClientSettings = {
  ...defaultSettings,
  kind: "web",
  name: "Grafana",
  clientType: "confidential",
  grantTypes: ["authorization_code", "refresh_token"],
  redirectUris: ["https://grafana.example/login/generic_oauth"],
  allowedScopes: ["openid"],
  requirePkce: true,
  backchannelLogoutUri: "https://grafana.example/logout",
};

const healthy: HealthSubject = {
  settings,
  secrets: [secret],
  ownerDisabled: false,
  accessRestricted: true,
  groups: 1,
  lastTokenAt: now,
  refusedSignIns: 0,
};

const find = (change: Partial<HealthSubject>, changed: Partial<ClientSettings> = {}) =>
  findFindings({ ...healthy, ...change, settings: { ...settings, ...changed } }, now);

const codes = (...asked: Parameters<typeof find>) => find(...asked).map(({ code }) => code);

test("nothing is found in a healthy application, nor in a machine's", () => {
  expect(find({})).toEqual([]);
  const machine = { grantTypes: ["client_credentials"] as const, redirectUris: [], backchannelLogoutUri: null };
  expect(find({ accessRestricted: false }, { ...machine, kind: "machine", requirePkce: false })).toEqual([]);
});

describe("client secrets", () => {
  test("none that is active", () => {
    expect(codes({ secrets: [] })).toEqual(["noSecret"]);
    expect(codes({ secrets: [{ ...secret, status: "revoked" }] })).toEqual(["noSecret"]);
    expect(codes({ secrets: [{ ...secret, status: "expired", expiresAt: inDays(-1) }] })).toEqual(["secretsExpired"]);
  });

  test("none is needed by a public client, or one that authenticates with its key", () => {
    expect(codes({ secrets: [] }, { clientType: "public", tokenEndpointAuthMethod: "none" })).toEqual([]);
    expect(codes({ secrets: [] }, { tokenEndpointAuthMethod: "private_key_jwt" })).toEqual([]);
  });

  test.each([
    [31, []],
    [30, [30]],
    [1.5, [1]],
    [0.1, [0]],
  ])("one that expires in %d days", (days, warned) => {
    const found = find({ secrets: [{ ...secret, expiresAt: inDays(days) }] });
    expect(found.map(({ code, values }) => [code, values])).toEqual(
      warned.map((left) => ["secretExpires", { label: "First", days: left }]),
    );
  });

  test("one that was replaced counts only while it is still the one in use", () => {
    const old = { ...secret, label: "Old", expiresAt: inDays(2), lastUsedAt: inDays(-1) };
    expect(codes({ secrets: [old, { ...secret, label: "New", lastUsedAt: null }] })).toEqual(["secretExpires"]);
    expect(codes({ secrets: [old, { ...secret, label: "New", lastUsedAt: now }] })).toEqual([]);
  });

  test("an expired one beside an active one is nothing to mend", () => {
    expect(codes({ secrets: [{ ...secret, status: "expired", expiresAt: inDays(-9) }, secret] })).toEqual([]);
  });
});

describe("redirect URIs", () => {
  const of = (...redirectUris: string[]) => find({}, { redirectUris });

  test("none", () => {
    expect(of()).toEqual([{ code: "redirectUriMissing", severity: "danger", values: {} }]);
  });

  test("RFC 9700 §2.6: plain http, except on the device itself", () => {
    expect(of("http://a.example/cb", "http://localhost:3000/cb", "http://[::1]/", "com.example:/cb")).toEqual([
      { code: "plainHttp", severity: "warning", values: { uri: "http://a.example/cb" } },
    ]);
  });

  test("RFC 9700 §2.1: some that look the same", () => {
    const [one, other] = ["https://a.example/cb", "https://a.example/cb/"];
    const values = { one, other, difference: "slash" };
    expect(of(one, other)).toEqual([{ code: "similarRedirectUris", severity: "warning", values }]);
    const loopback = of("http://localhost:1/cb", "http://127.0.0.1:1/cb");
    expect(loopback).toMatchObject([{ code: "loopbackTwins", severity: "info" }]);
  });

  test("RFC 9700 §2.1.1: PKCE that isn't required, unless it is anyway", () => {
    expect(codes({}, { requirePkce: false })).toEqual(["pkceOptional"]);
    expect(codes({}, { requirePkce: false, clientType: "public" })).toEqual([]);
    expect(codes({}, { requirePkce: false, securityProfile: "fapi2_security" })).toEqual([]);
  });
});

describe("users and use", () => {
  test("everyone may sign in, or nobody", () => {
    expect(codes({ accessRestricted: false, groups: 0 })).toEqual(["openToEveryone"]);
    expect(codes({ groups: 0 })).toEqual(["nobodyMayUse"]);
    const device = { grantTypes: [deviceCodeGrant] as const, kind: "device" as const, clientType: "public" as const };
    expect(codes({ groups: 0 }, { ...device, redirectUris: [] })).toEqual(["nobodyMayUse"]);
  });

  test("no address for sign-outs, where there would be one", () => {
    expect(codes({}, { backchannelLogoutUri: null })).toEqual(["stayingSignedIn"]);
    expect(codes({}, { backchannelLogoutUri: null, frontchannelLogoutUri: "https://a.example/" })).toEqual([]);
    expect(codes({}, { backchannelLogoutUri: null, kind: "native", clientType: "public" })).toEqual([]);
  });

  test("an owner who is disabled, refused sign-ins, no token yet", () => {
    expect(codes({ ownerDisabled: true })).toEqual(["ownerDisabled"]);
    expect(find({ refusedSignIns: 3 })).toEqual([
      { code: "refusedSignIns", severity: "warning", values: { count: 3 } },
    ]);
    expect(codes({ lastTokenAt: null })).toEqual(["neverUsed"]);
  });
});

test("the worst come first", () => {
  const worst = { secrets: [], accessRestricted: false, ownerDisabled: true, lastTokenAt: null, refusedSignIns: 1 };
  const found = codes(worst, { redirectUris: [], requirePkce: false, backchannelLogoutUri: null });
  expect(found).toHaveLength(8);
  expect(found).toEqual(findingCodes.filter((code) => found.includes(code)));
});
