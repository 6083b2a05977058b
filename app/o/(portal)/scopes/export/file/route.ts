import { listFileRoute } from "@/app/_components/list-file-route";
import { exportScopes, scopeFileColumns } from "@/lib/services/scopes/export-scopes";

export const GET = listFileRoute({
  name: "scopes",
  columns: scopeFileColumns,
  read: async (context, input) => {
    const { scopes: rows, next } = await exportScopes(context, input);
    return { rows, next };
  },
});
