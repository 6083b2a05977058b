import { z } from "zod";
import { findHostProblem } from "@/lib/oauth/wire/address-host";
import { isUrl } from "@/lib/oauth/wire/is-url";

const maximumLength = 2000;

/** An address on the web that is stored with an application: complete, in one spelling, without credentials. */
export function webAddress({ http = false, fragment = false }: { http?: boolean; fragment?: boolean } = {}) {
  return z
    .string()
    .trim()
    .max(maximumLength, `The address may have at most ${maximumLength} characters.`)
    .refine(
      (value) => isWebAddress(value, { http, fragment }),
      `Enter a complete ${http ? "http or https" : "https"} address${fragment ? "" : ", without a fragment"}.`,
    )
    .check(({ value, issues }) => {
      const problem = isUrl(value) ? findHostProblem(new URL(value)) : null;
      if (problem) issues.push({ code: "custom", message: problem, input: value });
    });
}

/** A field that may be left empty; null if it is. */
export function optionalAddress(options: { http?: boolean } = {}) {
  return z
    .union([
      z
        .string()
        .regex(/^\s*$/)
        .transform(() => null),
      webAddress(options),
    ])
    .nullish()
    .transform((value) => value ?? null);
}

function isWebAddress(value: string, { http, fragment }: { http: boolean; fragment: boolean }): boolean {
  if (!/^https?:\/\/[\x21-\x7e]+$/.test(value) || !isUrl(value)) return false;
  if (!fragment && value.includes("#")) return false;
  const { protocol, username, password } = new URL(value);
  return username === "" && password === "" && (http || protocol === "https:");
}

/** An error message names the value it is about, cut to what a form has room for. */
export function shorten(value: string): string {
  return value.length > 80 ? `${value.slice(0, 79)}…` : value;
}
