import { expect, test } from "vitest";
import { protectedResources } from "@/lib/http/machine/protected-resources";
import { listEndpoints, listPaths } from "@/lib/oauth/endpoints";
import { config } from "./proxy";

const files = [
  ..."_next/static _next/image icon.svg favicon.ico icon-192.png icon-512.png apple-touch-icon.png".split(" "),
  ..."manifest.webmanifest robots.txt".split(" "),
];

/** Under /o/, beside the endpoints: what states its own policy. */
const ownPolicy = ["logged-out", "logo"];

/** What is answered without the headers of pages: the endpoints that no page answers at. */
function toMatcher(): string {
  const machine = listEndpoints().filter(({ caller }) => caller !== "person");
  const paths = [...machine.flatMap(listPaths), ...protectedResources.keys()];
  const [inside, outside] = [/^\/o\/([^/.]+)/, /^\/((?!o\/)[^/.]+)/].map((pattern) => [
    ...new Set(paths.flatMap((path) => pattern.exec(path)?.[1] ?? [])),
  ]);
  const underIssuer = `o/(?:${[...(inside ?? []), ...ownPolicy].join("|")})`;
  const prefixes = [underIssuer, ...(outside ?? [])].join("|");
  return `/((?!${files.join("|")}|(?:o/)?\\.well-known/|(?:${prefixes})(?:/|$)).*)`;
}

test("the matcher leaves out what the table of endpoints says that no page answers at", () => {
  expect(config.matcher).toEqual([toMatcher()]);
});

const matcher = new RegExp(`^${config.matcher[0]}$`);

test.each(["/", "/login", "/o/authorize", "/o/logout/", "/o/logout/submit", "/o/tokens", "/o/authorized_tokens/"])(
  "%s has the headers of pages",
  (path) => {
    expect(path).toMatch(matcher);
  },
);

test.each(["/o/token", "/o/token/", "/o/register/a", "/o/check-session", "/.well-known/security.txt", "/resource"])(
  "%s has only those of its own",
  (path) => {
    expect(path).not.toMatch(matcher);
  },
);
