import { expect, test } from "vitest";
import type { z } from "zod";
import { descriptionSchema } from "@/lib/oauth/registration/client-description";
import { apiSchema } from "./apis/api-schema";
import { newSecretSchema } from "./applications/credentials/client-secrets";
import { applicationSchema } from "./applications/settings/application-schema";
import { newGroupSchema } from "./groups/group-schema";
import { newInitialAccessTokenSchema } from "./registrations/create-initial-access-token";
import { scopeSchema } from "./scopes/scope-schema";
import { profileSchema } from "./users/profile-schema";

const schemas: Record<string, [schema: z.ZodType, field: string]> = {
  "an application's name": [applicationSchema({ allowHttp: false }), "name"],
  "an API's name": [apiSchema, "name"],
  "a scope's description": [scopeSchema, "description"],
  "a secret's label": [newSecretSchema, "label"],
  "a group's name": [newGroupSchema, "name"],
  "a group's description": [newGroupSchema, "description"],
  "an initial access token's label": [newInitialAccessTokenSchema, "label"],
  "what a client says of itself": [descriptionSchema, "software_id"],
  "a user's name": [profileSchema, "name"],
  "a user's address": [profileSchema, "streetAddress"],
};

/** Whether this field is reported; the others are missing. */
function refuses([schema, field]: [schema: z.ZodType, field: string], value: string): boolean {
  return (schema.safeParse({ [field]: value }).error?.issues ?? []).some(({ path }) => path[0] === field);
}

test.each(Object.entries(schemas))("Unicode §23.2: %s may have joiners, and no hidden controls", (_what, place) => {
  for (const text of ["👨‍👩‍👧‍👦 calendar", "نیک‌نام", "க்‌ஷ", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"]) expect(refuses(place, text), text).toBe(false);
  for (const text of ["a\u0007b", "a\u202eb", "a\u2066b", "a\ue000b", "a\ud800b", "a\u{e0041}b"]) {
    expect(refuses(place, text), JSON.stringify(text)).toBe(true);
  }
});
