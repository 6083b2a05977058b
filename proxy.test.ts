import { expect, test } from "vitest";
import { protectedResources } from "@/lib/http/machine/protected-resources";
import { listEndpoints, listPaths } from "@/lib/oauth/endpoints";
import { config } from "./proxy";

const files = [
  ..."_next/static _next/image icon.svg favicon.ico icon-192.png icon-512.png apple-touch-icon.png".split(" "),
  ..."manifest.webmanifest robots.txt".split(" "),
];

/** Pages under /o/ that set their own policy. */
const ownPolicy = ["logged-out", "logo"];

/** Paths that are answered without the headers of pages: endpoints that never answer with a page. */
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

test("the matcher excludes the endpoints that never answer with a page, according to the table", () => {
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
  "%s has only its own",
  (path) => {
    expect(path).not.toMatch(matcher);
  },
);
