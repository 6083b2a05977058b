import { problem } from "@/lib/messages/problem";
import { findHostProblem } from "@/lib/oauth/wire/address-host";
import { isUrl } from "@/lib/oauth/wire/is-url";
import { isLoopbackHost } from "@/lib/oauth/wire/loopback";
import { addressProblem } from "./address-problem";

/**
 * What is wrong with an origin whose scripts may read answers; null if nothing is. Browsers send an
 * origin in one spelling (RFC 6454 §6.2), which is compared character by character.
 */
export function findOriginProblem(origin: string): string | null {
  if (origin.length > 300 || !isUrl(origin)) return problem("consoleFieldProblems.origin.incomplete");
  const url = new URL(origin);
  if (url.protocol !== "https:" && url.protocol !== "http:") return problem("consoleFieldProblems.origin.https");
  if (`${url.origin}/` === origin) return problem("consoleFieldProblems.origin.slash", { origin: url.origin });
  if (url.origin !== origin) {
    return problem("consoleFieldProblems.origin.more", { origin: url.origin });
  }
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
    return addressProblem({ code: "plainHttp" });
  }
  if (url.hostname.includes("*")) return problem("consoleFieldProblems.origin.wildcard");
  const wrong = findHostProblem(url);
  return wrong && addressProblem(wrong);
}
