import { problem } from "@/lib/messages/problem";
import type { RedirectUriProblem } from "@/lib/oauth/client/redirect-uri";
import type { FetchUrlProblem } from "@/lib/outbound/fetch-url";

/** What was found about an address, before it is said in a language. */
export function addressProblem({ code, values }: RedirectUriProblem | FetchUrlProblem): string {
  return problem(`consoleFieldProblems.address.${code}`, values);
}
