import { describe, expect, test } from "vitest";
import { textsOf } from "@/lib/messages/texts";
import { buildApiQuickStart } from "./api-quick-start";

const t = textsOf("apis", "en");
const api = {
  identifier: "https://api.example.com/?a=1&b=2",
  scopes: ["read", "write"],
  tokenFormat: "opaque" as const,
};
const titles = (subject: Parameters<typeof buildApiQuickStart>[0]) =>
  buildApiQuickStart(subject, "https://id.example", t).map(({ title }) => title);

describe("the commands of an API's quick start", () => {
  test("contain the API and its scopes; special characters of the shell are quoted, its variables are expanded", () => {
    const [first] = buildApiQuickStart(api, "https://id.example", t);
    expect(first?.code).toBe(
      [
        "curl https://id.example/o/token/ \\",
        "  --data-urlencode grant_type=client_credentials \\",
        '  --data-urlencode "client_id=$CLIENT_ID" \\',
        '  --data-urlencode "client_secret=$CLIENT_SECRET" \\',
        "  --data-urlencode 'resource=https://api.example.com/?a=1&b=2' \\",
        "  --data-urlencode 'scope=read write'",
      ].join("\n"),
    );
  });

  test("an identifier that looks like a variable is not one", () => {
    const [first] = buildApiQuickStart({ ...api, identifier: "api://$HOME" }, "https://id.example", t);
    expect(first?.code).toContain("'resource=api://$HOME'");
  });

  test("only an API with JWTs has keys to verify them", () => {
    const keys = "Keys to verify the signature";
    expect(titles(api)).not.toContain(keys);
    expect(titles({ ...api, tokenFormat: "jwt" })).toContain(keys);
  });
});
