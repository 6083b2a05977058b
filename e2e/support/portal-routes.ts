import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { addAttribute } from "./attributes";
import { addGroup } from "./groups";
import { invite } from "./one-time-links";
import type { Portal, TestUser } from "./portal";

/** The pages and forms of the portal as the tree of routes has them, so that no list forgets a new one. */

const rooms = ["/admin", "/o/(portal)"];

/** The folders in `app` with this file: `page.tsx`, `route.ts`. */
export function listRoutes(file: string): string[] {
  const found = rooms.flatMap((room) =>
    readdirSync(`app${room}`, { recursive: true, encoding: "utf8" }).map((name) => `${room}/${name}`),
  );
  return found
    .filter((name) => name.endsWith(`/${file}`))
    .map((name) => name.slice(0, -file.length - 1))
    .toSorted();
}

export interface PortalObjects {
  /** What stands for a part of a path in brackets, by what is before it. */
  ids: Readonly<Record<string, string>>;
  /** The query that a page needs, by its route. */
  queries: Readonly<Record<string, string>>;
  /** What they are called, for tests that look for texts. */
  names: readonly string[];
}

/** One object of each kind that the portal has a page for. `user` has authorized the application. */
export async function createObjects(portal: Portal, { id: userId }: TestUser): Promise<PortalObjects> {
  const { database } = portal;
  const application = await portal.createApplication();
  const user = await portal.createUser();
  const group = await addGroup(portal, [user]);
  const scope = await portal.createScope();
  const api = await portal.createApi({ scopes: [scope] });
  const attribute = await addAttribute(portal, { name: `Attribute ${randomUUID().slice(0, 8)}` });
  const invitation = await invite(portal);
  const secret = await database.clientSecret.findFirstOrThrow({ where: { applicationId: application.id } });
  const [label, at] = [randomUUID(), new Date()];
  const token = await database.initialAccessToken.create({
    data: {
      tokenHash: label,
      label,
      maximumUses: 1,
      expiresAt: new Date(at.getTime() + 600_000),
      createdAt: at,
    },
  });
  portal.atCleanUp(() => database.initialAccessToken.deleteMany({ where: { id: token.id } }));
  const [applicationId, scopes] = [application.id, ["openid"]];
  await database.consent.create({ data: { userId, applicationId, scopes, createdAt: at, updatedAt: at } });
  const byName = `?${new URLSearchParams({ name: scope })}`;
  return {
    ids: {
      applications: application.id,
      authorized_tokens: application.id,
      secrets: secret.id,
      apis: api.id,
      attributes: attribute.id,
      users: user.id,
      groups: group.id,
      "registration-tokens": token.id,
      templates: "grafana",
      // There is none: only who ran a test sees its result, once (e2e/applications/test-sign-in.spec.ts).
      "test-sign-in": randomUUID(),
    },
    queries: {
      "/admin/users/disable": `?ids=${user.id}`,
      "/admin/invitations/resend": `?ids=${invitation.id}`,
      "/o/(portal)/applications/disable": `?ids=${application.id}`,
      "/o/(portal)/registration-tokens/revoke": `?ids=${token.id}`,
      "/o/(portal)/scopes/delete": byName,
      "/o/(portal)/scopes/languages": byName,
      "/o/(portal)/scopes/update": byName,
    },
    names: [
      ...[user.username, user.email, invitation.email, application.name, application.clientId, label],
      ...[group.name, api.name, api.identifier, attribute.name, scope],
    ],
  };
}

/** The address of a page. @throws if there is no object for a part in brackets: `createObjects` has to create one */
export function toAddress(route: string, { ids, queries }: PortalObjects): string {
  const parts = route.replace("/(portal)", "").split("/");
  const path = parts.map((part, index) => {
    if (!part.startsWith("[")) return part;
    const id = ids[parts[index - 1] ?? ""];
    if (id === undefined) throw new Error(`Nothing stands for ${part} in ${route}.`);
    return id;
  });
  return `${path.join("/")}/${queries[route] ?? ""}`;
}
