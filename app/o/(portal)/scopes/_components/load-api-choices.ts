import { getApi } from "@/lib/services/apis/get-api";
import { listApis } from "@/lib/services/apis/list-apis";
import { can, type ServiceContext } from "@/lib/services/context";
import { NotFoundError } from "@/lib/services/errors";

/** The first APIs by name, for a filter, and with them the one that is chosen: a link may have chosen another one. */
export async function loadApiChoices(
  context: ServiceContext,
  chosen: string | undefined,
): Promise<{ id: string; name: string }[]> {
  if (!can(context.actor, "apis:read")) return [];
  const { apis } = await listApis(context, { sort: "name" });
  if (!chosen || apis.some(({ id }) => id === chosen)) return apis;
  try {
    return [...apis, await getApi(context, { id: chosen })];
  } catch (error) {
    if (error instanceof NotFoundError) return [...apis, { id: chosen, name: chosen }];
    throw error;
  }
}
