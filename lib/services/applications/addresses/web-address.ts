import { problem } from "@/lib/messages/problem";
import { findHostProblem } from "@/lib/oauth/wire/address-host";
import { isUrl } from "@/lib/oauth/wire/is-url";
import { addressProblem } from "./address-problem";

const maximumLength = 2000;

/**
 * What is wrong with a web address that is stored with an application; null if nothing is. It must be complete,
 * in canonical spelling, without credentials.
 */
export function findWebAddressProblem(
  address: string,
  { http = false, fragment = false }: { http?: boolean; fragment?: boolean } = {},
): string | null {
  if (address.length > maximumLength) {
    return addressProblem({ code: "long", values: { maximum: maximumLength } });
  }
  if (!isWebAddress(address, { http, fragment })) {
    const code = `${http ? "web" : "https"}${fragment ? "" : "WithoutFragment"}` as const;
    return problem(`consoleFieldProblems.webAddress.${code}`);
  }
  const wrong = findHostProblem(new URL(address));
  return wrong && addressProblem(wrong);
}

function isWebAddress(value: string, { http, fragment }: { http: boolean; fragment: boolean }): boolean {
  if (!/^https?:\/\/[\x21-\x7e]+$/.test(value) || !isUrl(value)) return false;
  if (!fragment && value.includes("#")) return false;
  const { protocol, username, password } = new URL(value);
  return username === "" && password === "" && (http || protocol === "https:");
}

/** For an error message that quotes a value, shortened to fit a form. */
export function shorten(value: string): string {
  return value.length > 80 ? `${value.slice(0, 79)}…` : value;
}
