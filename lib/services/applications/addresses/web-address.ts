import { findHostProblem } from "@/lib/oauth/wire/address-host";
import { isUrl } from "@/lib/oauth/wire/is-url";

const maximumLength = 2000;

/**
 * What is wrong with a web address that is stored with an application, as a sentence; null if nothing is. It must be
 * complete, in canonical spelling, without credentials.
 */
export function findWebAddressProblem(
  address: string,
  { http = false, fragment = false }: { http?: boolean; fragment?: boolean } = {},
): string | null {
  if (address.length > maximumLength) return `The address may have at most ${maximumLength} characters.`;
  if (!isWebAddress(address, { http, fragment })) {
    return `Enter a complete ${http ? "http or https" : "https"} address${fragment ? "" : ", without a fragment"}.`;
  }
  return findHostProblem(new URL(address));
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
