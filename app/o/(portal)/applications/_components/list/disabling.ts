import type { AskedAction } from "@/app/admin/_components/selection";
import { applicationsPath } from "@/lib/http/paths";

/** Its page shows what that stops. */
export const disabling: AskedAction = { page: "/o/applications/disable", list: applicationsPath };
