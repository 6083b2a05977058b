import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { describeApiDeletion } from "../apis/delete-api";
import { getApi } from "../apis/get-api";
import { systemContext } from "../context";
import { ForbiddenError, NotFoundError, UnauthenticatedError } from "../errors";
import { type Permission, permissions } from "../permissions";
import { getScope } from "../scopes/get-scope";
import { describeDeletion } from "./delete-application";
import { whereApplication } from "./find-application";
import { getApplication } from "./get-application";

test("a page that changes something opens for everyone who may change it", async () => {
  const actor = { kind: "credential", id: "c", permissions: new Set(permissions.filter(isForReading)) } as const;
  const context = { ...systemContext(), actor };
  const id = randomUUID();
  await expect(getApplication(context, { id }, "applications:write")).rejects.toThrow(ForbiddenError);
  await expect(describeDeletion(context, { id })).rejects.toThrow(ForbiddenError);
  await expect(getApi(context, { id }, "apis:write")).rejects.toThrow(ForbiddenError);
  await expect(describeApiDeletion(context, { id })).rejects.toThrow(ForbiddenError);
  await expect(getScope(context, { name: "read" }, "scopes:write")).rejects.toThrow(ForbiddenError);
});

const isForReading = (permission: Permission) => permission.endsWith(":read");

test("the caller is checked before the requested application", () => {
  const find = (actor: Parameters<typeof whereApplication>[0]["actor"]) => () =>
    whereApplication({ ...systemContext(), actor }, "no-id", "applications:write");
  expect(find(null)).toThrow(UnauthenticatedError);
  expect(find({ kind: "credential", id: "c", permissions: new Set() })).toThrow(ForbiddenError);
  expect(find({ kind: "system" })).toThrow(NotFoundError);
});
