import type { AskedAction } from "@/app/admin/_components/selection";
import { registrationTokensPath } from "@/lib/http/paths";

/** Its page asks before the selected tokens are revoked. */
export const revoking: AskedAction = { page: `${registrationTokensPath}revoke`, list: registrationTokensPath };
