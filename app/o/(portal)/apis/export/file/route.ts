import { listFileRoute } from "@/app/_components/list-file-route";
import { apiFileColumns, exportApis } from "@/lib/services/apis/export-apis";

export const GET = listFileRoute({
  name: "apis",
  columns: apiFileColumns,
  read: async (context, input) => {
    const { apis: rows, next } = await exportApis(context, input);
    return { rows, next };
  },
});
