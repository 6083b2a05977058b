import { encode } from "next-auth/jwt";
import { describe, expect, test } from "vitest";
import { deployment } from "@/lib/deployment";
import { hostCookieName } from "./cookies";
import { formerCookieNames, moveFormerCookies } from "./former-cookies";
import { openSealedToken } from "./session-cookie";

const former = formerCookieNames();
const browserId = "b".repeat(43);
const seal = (salt = former.session, secret = deployment().authSecret) =>
  encode({ token: { sessionToken: "a-token" }, secret, salt, maxAge: 3600 });
const move = (cookies: Record<string, string>) => moveFormerCookies((name) => cookies[name]);

test("cookie names from before the change", () => {
  expect(formerCookieNames("https://id.example")).toEqual({
    session: "__Secure-authjs.session-token",
    callback: "__Secure-authjs.callback-url",
    browser: "__Host-latchkey.browser",
    state: "__Host-latchkey.state",
  });
});

describe("cookies under their former names", () => {
  test("are moved to the present names, sealed again for the rest of their lifetime", async () => {
    const moved = await move({
      [former.browser]: browserId,
      [former.session]: await seal(),
      [former.state]: "a-state",
    });
    expect(moved).toMatchObject({ browserId, state: "a-state" });
    expect(await openSealedToken(moved?.session?.sealed ?? "")).toBe("a-token");
    expect(moved?.session?.maxAge).toBeGreaterThan(3500);
    expect(moved?.session?.maxAge).toBeLessThanOrEqual(3600);
    expect(moved?.obsolete).toContain(former.session);
  });

  test("a session isn't moved into a browser that has never been here, or has been since: another host may have set it", async () => {
    expect(await move({ [former.session]: await seal() })).toBeNull();
    const since = { [hostCookieName("browser")]: browserId };
    expect(await move({ ...since, [former.browser]: browserId, [former.session]: await seal() })).toBeNull();
    expect(await move({ [former.browser]: "not an id", [former.session]: await seal() })).toBeNull();
  });

  test("a cookie sealed by another server on this host is left alone", async () => {
    const foreign = await seal(former.session, "a secret of another server, as long as it must be");
    const moved = await move({ [former.browser]: browserId, [former.session]: foreign });
    expect(moved).toEqual({ browserId, session: null, state: null, obsolete: [] });
  });

  test("a cookie sealed for another name is no session", async () => {
    expect(
      (await move({ [former.browser]: browserId, [former.session]: await seal(former.callback) }))?.session,
    ).toBeNull();
    expect(await openSealedToken(await seal())).toBeNull();
  });
});
