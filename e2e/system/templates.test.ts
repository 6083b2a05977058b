import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect } from "vitest";
import { defaultSettings } from "@/lib/oauth/ports/client-settings";
import { gatherFacts } from "@/lib/quick-starts/facts";
import { fillRedirectUris, fillTemplate } from "@/lib/quick-starts/templates/fill-template";
import { templates } from "@/lib/quick-starts/templates/templates";
import { BrowserClient } from "../support/browser-client";
import { baseUrl } from "../support/environment";
import { send } from "../support/http";
import { needs } from "../support/needs";
import { endProcess, findFreePort } from "../support/own-server";
import { noteSecret } from "../support/secrets-seen";
import { parseJson } from "../support/token-client";
import { test } from "../support/vitest";
import { waitFor } from "../support/wait-for";

/** Applications themselves, configured with what their template says. */

needs("oauth2-proxy")("template: oauth2-proxy", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-oauth2-proxy-"));
  let proxy: ChildProcess | null = null;
  afterEach(async () => {
    if (proxy) await endProcess(proxy, "SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  });

  test("signs a user in and knows e-mail address and groups", async ({ portal, person, user }) => {
    const { kind, scopes, settings } = templates["oauth2-proxy"];
    const base = `http://127.0.0.1:${await findFreePort()}`;
    const redirectUris = fillRedirectUris("oauth2-proxy", base);
    const registered = { kind, redirectUris, allowedScopes: [...scopes], ...settings };
    const { clientId, clientSecret } = await portal.createApplication(registered);
    const application = { ...defaultSettings, ...registered, clientType: "confidential" as const, clientId };
    const facts = gatherFacts(application, { publicUrl: baseUrl, scopes });
    const configuration = path.join(folder, "oauth2-proxy.cfg");
    writeFileSync(configuration, fillTemplate("oauth2-proxy", facts).replace("CLIENT_SECRET", clientSecret));
    const own = ["--upstream=static://202", `--http-address=${new URL(base).host}`, "--cookie-secure=false"];
    const secret = randomBytes(16).toString("hex");
    noteSecret(secret);
    const options = ["--config", configuration, ...own, `--cookie-secret=${secret}`];
    proxy = spawn("oauth2-proxy", options, { stdio: "ignore" });
    await portal.database.user.update({ where: { id: user.id }, data: { emailVerified: true }, select: { id: true } });

    const site = new BrowserClient({ base, origin: base });
    const start = await waitFor("oauth2-proxy", () => site.get("/oauth2/start?rd=/").catch(() => null));
    const { searchParams } = new URL(start.headers.location ?? "");
    const { pathname, search } = await person.authorize(searchParams);
    expect((await site.get(`${pathname}${search}`)).status).toBe(302);
    expect((await site.get("/")).status).toBe(202);
    const headers = site.cookieHeader("/oauth2/userinfo");
    const userinfo = parseJson((await send("GET", "/oauth2/userinfo", { base, headers })).text);
    expect(userinfo).toMatchObject({ email: user.email, preferredUsername: user.username });
  });
});
