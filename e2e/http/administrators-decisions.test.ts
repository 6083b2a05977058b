import { expect } from "vitest";
import { authorizePath } from "../support/browser-client";
import { readText } from "../support/html";
import { authorizationOf } from "../support/token-client";
import { test } from "../support/vitest";

const elsewhere = "https://elsewhere.example.test/callback";

test("skipping consent and restricted scopes end when the owner changes where codes are sent", async ({
  portal,
  user,
  person,
}) => {
  const restricted = await portal.createScope({ isRestricted: true });
  const grants = ["authorization_code", "refresh_token"] as const;
  const application = await portal.createApplication({
    owner: user,
    grantTypes: [...grants],
    allowedScopes: ["read", restricted],
    skipConsent: true,
    requirePkce: false,
  });
  const asking = authorizationOf(application, { scope: `read ${restricted}`, prompt: "consent" });
  const waiting = (await person.get(authorizePath(asking))).headers.location ?? "";
  expect((await person.authorize(authorizationOf(application, { scope: "read" }))).searchParams.has("code")).toBe(true);

  const path = `/o/applications/${application.id}/update/`;
  const form = {
    name: application.name,
    client_type: "confidential",
    authorization_grant_type: [...grants],
    redirect_uris: `${application.redirectUri}\n${elsewhere}`,
    allowed_scopes: ["read", restricted],
    skip_consent: "on",
    redirects_before_sign_in: "on",
    subject_type: "public",
  };
  expect(readText((await person.get(path)).text)).toContain("They end if you change its redirect URIs");
  const saved = (await person.submitAction(path, form)).headers.location ?? "";
  expect(new URL(saved, "http://x").searchParams.getAll("ended")).toEqual([
    "skipConsent",
    "redirectsBeforeSignIn",
    "restrictedScopes",
  ]);
  expect(readText((await person.get(saved)).text)).toContain("ended permissions that an administrator had granted");
  expect(readText((await person.get(path)).text)).not.toContain("They end if");

  const next = await person.get(authorizePath(authorizationOf(application, { scope: "read" })));
  expect(next.headers.location).toMatch(/^\/consent\?/);
  // A pending request is decided by the rules that apply now.
  const answered = await person.submit(await person.openForm(waiting, "/consent/submit"), { decision: "allow" });
  const end = await person.get(answered.headers.location ?? "");
  expect(new URL(end.headers.location ?? "").searchParams.get("error")).toBe("invalid_scope");

  expect(readText((await person.submitAction(path, form)).text)).toContain("Only an administrator can let");
});

test("an owner can't enable what an administrator disabled", async ({ portal, user, person }) => {
  const application = await portal.createApplication({ owner: user });
  const path = `/o/applications/${application.id}/`;
  await portal.disableApplication(application);
  const page = await person.get(path);
  expect(readText(page.text)).toContain("only an administrator can enable it");
  expect(page.text).not.toContain("disable/submit");
  const { csrf = "" } = (await person.openForm("/", "/logout/submit")).fields;
  const refused = await person.post(`${path}disable/submit`, { csrf, disabled: "false" });
  expect(refused.status).toBe(403);
  expect(readText(refused.text)).toContain("An administrator disabled this application");
  const row = await portal.database.application.findUniqueOrThrow({ where: { id: application.id } });
  expect(row).toMatchObject({ disabledAt: expect.any(Date), disabledBy: "administrator" });
});
