import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type EndpointName, endpoints, listPaths } from "@/lib/oauth/endpoints";

/** Addresses under `.well-known` that don't belong to a protocol of ours. */
const ofNoProtocol = ["/.well-known/change-password", "/.well-known/security.txt"];

/** The routes in these folders as `path name`, from the folder and the endpoint it exports. */
function listRoutes(...folders: string[]): string[] {
  return folders.flatMap((folder) => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return files
      .filter((file) => file.endsWith("route.ts"))
      .map((file) => {
        const path = `${folder}/${file}`
          .replace(/^app/, "")
          .replace(/\/\([^)]*\)/g, "")
          .replace(/\/route\.ts$/, "");
        const [, name] = /machineRoute\("(\w+)"\)/.exec(readFileSync(`${folder}/${file}`, "utf8")) ?? [];
        return `${path} ${name}`;
      });
  });
}

test("each endpoint of the table has its routes, and each route its endpoint", () => {
  const inTable = Object.entries(endpoints).flatMap(([name, endpoint]) =>
    listPaths(endpoint).map((path) => `${path} ${name}`),
  );
  const routes = listRoutes("app/o/(protocol)", "app/.well-known");
  const others = ofNoProtocol.map((path) => `${path} undefined`);
  expect(routes.sort()).toEqual([...inTable, ...others].sort());
});

test("a route answers every method, so that none falls through to Next.js", () => {
  for (const folder of ["app/o/(protocol)", "app/.well-known"]) {
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const isRoute = file.endsWith("route.ts") && !ofNoProtocol.includes(`/.well-known/${file.slice(0, -9)}`);
      if (!isRoute) continue;
      const text = readFileSync(`${folder}/${file}`, "utf8");
      expect(text, file).toContain("export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = machineRoute(");
    }
  }
});

test("names are those of the endpoints' metadata members, without duplicates", () => {
  const members = (Object.keys(endpoints) as EndpointName[]).flatMap((name) => {
    const endpoint = endpoints[name];
    return "member" in endpoint ? [endpoint.member] : [];
  });
  expect(new Set(members).size).toBe(members.length);
});
