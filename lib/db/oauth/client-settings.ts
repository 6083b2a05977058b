import "server-only";
import {
  type ClientSettings,
  type SettingName,
  type SettingsOfKind,
  settingNames,
  settingOf,
  settingsOfKind,
} from "@/lib/oauth/ports/client-settings";
import { toSnakeCase } from "@/lib/oauth/wire/spelling";
import type { Prisma as Types } from "../client";
import { Prisma } from "../generated/client";
import { jsonNull } from "../json-null";

/** The settings of `applications a`, each under our name, for a SELECT. */
export const settingColumns = Prisma.raw(settingNames.map((name) => `${readColumn(name)} AS "${name}"`).join(", "));

function readColumn(name: SettingName): string {
  const column = toSnakeCase(name);
  if (name === "redirectUris") {
    return "ARRAY(SELECT r.uri FROM redirect_uris r WHERE r.application_id = a.id ORDER BY r.position)";
  }
  switch (settingOf(name).kind) {
    // Enums are read as text as well.
    case "choice":
      return `a.${column}::text`;
    case "api":
      return `(SELECT api.identifier FROM apis api WHERE api.id = a.${column}_id)`;
    default:
      return `a.${column}`;
  }
}

/** The settings of one application; null if there is none. */
export async function findSettings(
  db: Pick<Types.TransactionClient, "$queryRaw">,
  applicationId: string,
): Promise<ClientSettings | null> {
  const [row] = await db.$queryRaw<ClientSettings[]>`
    SELECT ${settingColumns} FROM applications a WHERE a.id = ${applicationId}::uuid`;
  return row ?? null;
}

type ApiSetting = SettingsOfKind<"api">;

/** The applications that name this API in a setting. */
export function whereNamesApi(apiId: string): Types.ApplicationWhereInput {
  const columns = settingsOfKind("api").map((name): Types.ApplicationWhereInput => ({ [`${name}Id`]: apiId }));
  return { OR: columns };
}

/** The ids of the APIs that settings name, by column. */
export type ApiColumns = { [Name in ApiSetting as `${Name}Id`]: string | null };

type Columns = {
  [Name in Exclude<
    SettingName,
    ApiSetting | SettingsOfKind<"keys"> | "redirectUris"
  >]: ClientSettings[Name] extends readonly (infer Entry)[] ? Entry[] : ClientSettings[Name];
} & { [Name in SettingsOfKind<"keys">]: Types.InputJsonObject | typeof jsonNull } & {
  redirectUris: { create: { uri: string; position: number }[] };
};

/** The settings as columns; redirect URIs are rows, in their order. `ApiColumns` has the IDs of APIs. */
export function toSettingColumns(settings: ClientSettings): Columns {
  const columns = settingNames
    .filter((name) => settingOf(name).kind !== "api")
    .map((name) => [name, settingOf(name).kind === "keys" ? (settings[name] ?? jsonNull) : settings[name]]);
  const redirectUris = { create: settings.redirectUris.map((uri, position) => ({ uri, position })) };
  return { ...(Object.fromEntries(columns) as Columns), redirectUris };
}
