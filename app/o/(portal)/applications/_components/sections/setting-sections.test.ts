import { describe, expect, test } from "vitest";
import { defaultSettings, settingNames } from "@/lib/oauth/ports/client-settings";
import { type ApplicationValues, showSettings, toFieldName } from "../form/application-fields";
import { toApplicationInput } from "../form/application-input";
import { isUnchanged, isUncommon } from "./folded-sections";
import { fieldsOfSection, findSection, listChangedSettings, settingSections, withSection } from "./setting-sections";

const stored: ApplicationValues = {
  ...showSettings(defaultSettings),
  settings_of_kind: "web",
  kind: "web",
  client_id: "c",
  client_secret: "",
  name: "Before",
  client_type: "confidential",
  authorization_grant_type: ["authorization_code", "refresh_token"],
  redirect_uris: "https://app.example.com/cb",
  require_pkce: true,
};

const sends = (fields: Record<string, string[]>) => (name: string) => fields[name] ?? [];

describe("sections of the settings", () => {
  test("each setting is in exactly one", () => {
    const listed = settingSections.flatMap(fieldsOfSection);
    expect(listed.toSorted()).toEqual(settingNames.map(toFieldName).toSorted());
  });

  test("a section changes its own fields and no others", () => {
    const after = withSection(
      stored,
      "redirectUris",
      sends({ redirect_uris: ["https://new.example.com/cb"], name: ["x"] }),
    );
    expect(after).toEqual({ ...stored, redirect_uris: "https://new.example.com/cb" });
  });

  test("what it changes are its own settings, and those that follow from them", () => {
    const changed = (section: Parameters<typeof withSection>[1], fields: Record<string, string[]>) => {
      const after = toApplicationInput(withSection(stored, section, sends(fields)));
      return listChangedSettings(section, toApplicationInput(stored), after);
    };
    expect(changed("redirectUris", { redirect_uris: [stored.redirect_uris] })).toEqual(["redirectUris"]);
    const machine = { client_type: ["confidential"], authorization_grant_type: ["client_credentials"] };
    const withoutCode = changed("grants", machine);
    expect(withoutCode).toEqual(expect.arrayContaining(["clientType", "grantTypes", "redirectUris", "requirePkce"]));
    expect(withoutCode).not.toContain("name");
  });

  test("a box that isn't sent is unticked in its own section, and kept in another one", () => {
    expect(withSection(stored, "requests", sends({})).require_pkce).toBe(false);
    expect(withSection(stored, "signOut", sends({})).require_pkce).toBe(true);
  });

  test("another kind brings its settings, unless they were changed by hand", () => {
    const machine = sends({ name: ["Job"], kind: ["machine"] });
    expect(withSection(stored, "general", machine)).toMatchObject({
      kind: "machine",
      authorization_grant_type: ["client_credentials"],
    });
    const byHand = { ...stored, client_type: "public" };
    expect(withSection(byHand, "general", machine)).toMatchObject({ kind: "machine", client_type: "public" });
  });

  test("a name that is no section is none", () => {
    expect([findSection("requests"), findSection("name"), findSection(undefined)]).toEqual(["requests", null, null]);
  });

  test("what most leave as it is is folded until it differs from a new application", () => {
    expect(settingSections.filter((section) => !isUncommon(section))).toEqual([
      "general",
      "permissions",
      "redirectUris",
    ]);
    expect(isUnchanged("signOut", stored)).toBe(true);
    expect(isUnchanged("grants", stored)).toBe(true);
    expect(isUnchanged("requests", stored)).toBe(false);
    expect(isUnchanged("grants", { ...stored, client_type: "public" })).toBe(false);
  });
});
