import { describe, expect, test } from "vitest";
import { createApi } from "./apis/create-api";
import { deleteApi, findApiDependents } from "./apis/delete-api";
import { getApi } from "./apis/get-api";
import { listApis } from "./apis/list-apis";
import { updateApi } from "./apis/update-api";
import { type ServiceContext, userActor } from "./context";
import { ForbiddenError, UnauthenticatedError } from "./errors";
import { createScope } from "./scopes/create-scope";
import { deleteScope } from "./scopes/delete-scope";
import { getScope } from "./scopes/get-scope";
import { listScopeUsage } from "./scopes/list-scope-usage";
import { updateScope } from "./scopes/update-scope";
import { listSigningKeys } from "./signing-keys/list-signing-keys";
import { removeRetiredSigningKeys } from "./signing-keys/remove-retired-signing-keys";
import { rotateDueSigningKeys, rotateSigningKeys } from "./signing-keys/rotate-signing-keys";

const id = "01890000-0000-7000-8000-000000000000";
const scope = { name: "photos", description: "See your photos", isDefault: true, isRestricted: false };
const api = {
  identifier: "https://api.example.com",
  name: "Orders",
  scopes: ["read"],
  tokenFormat: "jwt" as const,
  accessTokenLifetime: null,
  resourceServers: [],
};

const verbs: Record<string, (context: ServiceContext) => Promise<unknown>> = {
  listScopeUsage: (context) => listScopeUsage(context),
  getScope: (context) => getScope(context, "read"),
  createScope: (context) => createScope(context, scope),
  updateScope: (context) => updateScope(context, "read", scope),
  deleteScope: (context) => deleteScope(context, "read"),
  listApis: (context) => listApis(context),
  getApi: (context) => getApi(context, id),
  createApi: (context) => createApi(context, api),
  updateApi: (context) => updateApi(context, id, api),
  deleteApi: (context) => deleteApi(context, id),
  findApiDependents: (context) => findApiDependents(context, id),
  listSigningKeys: (context) => listSigningKeys(context),
  rotateSigningKeys: (context) => rotateSigningKeys(context, { algorithms: ["RS256"] }),
  rotateDueSigningKeys: (context) => rotateDueSigningKeys(context),
  removeRetiredSigningKeys: (context) => removeRetiredSigningKeys(context),
};

// No database answers here: whoever were let through would meet another error.
describe.each(Object.entries(verbs))("attack 47: %s", (_name, verb) => {
  const now = () => new Date();

  test("is not for an ordinary user", async () => {
    const context = { actor: userActor({ id, isAdministrator: false }), now };
    await expect(verb(context)).rejects.toThrow(ForbiddenError);
  });

  test("is not for whoever is not signed in", async () => {
    await expect(verb({ actor: null, now })).rejects.toThrow(UnauthenticatedError);
  });
});
