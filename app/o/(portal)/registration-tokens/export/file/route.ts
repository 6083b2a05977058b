import { listFileRoute } from "@/app/_components/list-file-route";
import {
  exportInitialAccessTokens,
  initialAccessTokenFileColumns,
} from "@/lib/services/registrations/export-initial-access-tokens";

export const GET = listFileRoute({
  name: "initial-access-tokens",
  columns: initialAccessTokenFileColumns,
  read: async (context, input) => {
    const { tokens: rows, next } = await exportInitialAccessTokens(context, input);
    return { rows, next };
  },
});
