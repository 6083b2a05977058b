import { usersPath } from "@/lib/http/paths";
import type { AskedAction } from "../../_components/selection";

/** Its page asks why. */
export const disabling: AskedAction = { page: "/admin/users/disable", list: usersPath };
