import { describe, expect, test } from "vitest";
import { systemContext } from "../../context";
import { checkSectorIdentifier } from "./check-sector-identifier";

const redirectUris = ["https://a.example/cb", "https://b.example/cb"];
const sectorIdentifierUri = "https://a.example/sector.json";

/** Checks against a document with these redirect URIs; null: there is none. */
const check = (listed: string[] | null) =>
  checkSectorIdentifier(systemContext(), { sectorIdentifierUri, redirectUris }, async (uri) => {
    expect(uri).toBe(sectorIdentifierUri);
    return listed;
  });

describe("OpenID Connect Dynamic Client Registration §5: the sector identifier", () => {
  test("covers redirect URIs that are all in its list, whatever else is", async () => {
    await expect(check([...redirectUris, "https://c.example/cb"])).resolves.toBeUndefined();
  });

  test.each([
    ["one is missing", ["https://a.example/cb"]],
    ["one is spelled otherwise", ["https://a.example/cb", "https://b.example/cb/"]],
    ["the list is empty", []],
    ["there is no list", null],
  ])("is refused where %s", async (_name, listed) => {
    await expect(check(listed)).rejects.toMatchObject({ fieldErrors: { sectorIdentifierUri: [expect.any(String)] } });
  });

  test("without one, nothing is fetched", async () => {
    const ask = () => Promise.reject(new Error("asked"));
    await expect(
      checkSectorIdentifier(systemContext(), { sectorIdentifierUri: null, redirectUris }, ask),
    ).resolves.toBeUndefined();
    await expect(checkSectorIdentifier(systemContext(), { redirectUris }, ask)).resolves.toBeUndefined();
  });
});
