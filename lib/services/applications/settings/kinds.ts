import { z } from "zod";
import { findRedirectUriProblem, type RedirectUriPolicy } from "@/lib/oauth/client/redirect-uri";
import type { KindValues, Setting, SettingKind } from "@/lib/oauth/ports/setting-kinds";
import { scopeTokenPattern } from "@/lib/oauth/scope/scope";
import { displayedLine, type Refuse, unique } from "../../normalized";
import { findOriginProblem } from "../addresses/allowed-origin";
import { findWebAddressProblem, shorten } from "../addresses/web-address";
import { readClientKeys } from "../credentials/client-keys";

/** What a value's rules need besides the value. */
export interface Reading {
  setting: Setting;
  policy: RedirectUriPolicy;
  refuse: Refuse;
}

/**
 * A kind of setting in two steps: what is sent, in a form that JSON Schema can express, and the canonical value to
 * store. `read` rejects what the form can't exclude, and returns the value anyway, so that all problems are reported
 * together.
 */
export interface Kind<Sent, Value> {
  sent: (setting: Setting, unknown: string) => z.ZodType<Sent>;
  read?: (sent: Sent, reading: Reading) => Value;
}

/** What is sent for a kind, if it differs from what is stored. */
export interface SentValues extends Omit<KindValues, "keys"> {
  /** JSON text, a JWK Set or a single key. */
  keys: string | object | null;
}

const readName = displayedLine("A name", 100, "Enter a name.");

export const kinds: { readonly [Name in SettingKind]: Kind<SentValues[Name], KindValues[Name]> } = {
  name: {
    sent: () => z.string({ error: "Enter a name." }),
    read: (sent, { refuse }) => readName(sent, refuse),
  },
  flag: { sent: () => z.boolean() },
  choice: {
    sent: (setting, error) => {
      const choice = z.enum(setting.choices ?? [], { error });
      return setting.default === null ? choice.nullable() : choice;
    },
  },
  choices: {
    sent: ({ choices = [] }, error) => z.array(z.enum(choices, { error })).min(1, "Choose at least one grant type."),
  },
  scopes: {
    sent: () => z.array(z.string().regex(scopeTokenPattern, "Unknown scope.")),
    read: unique<string>,
  },
  redirect_uris: addresses("redirect URIs", findRedirectUriProblem),
  request_uris: addresses("addresses of request objects", (uri) => findWebAddressProblem(uri, { fragment: true })),
  origins: addresses("origins", findOriginProblem),
  contexts: {
    sent: () =>
      z
        .array(z.string().regex(/^[\x21-\x7e]{1,255}$/, "An authentication context has no spaces."))
        .max(10, "At most 10 authentication contexts can be asked for."),
    read: unique<string>,
  },
  address: {
    sent: () => z.string().nullable(),
    read: (sent, { setting: { http = false }, refuse }) => {
      const address = sent?.trim();
      if (!address) return null;
      const problem = findWebAddressProblem(address, { http });
      if (problem) refuse(problem);
      return address;
    },
  },
  keys: {
    sent: () =>
      z
        .union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())], {
          error: "Give a JSON Web Key Set.",
        })
        .nullable(),
    read: (sent, { refuse }) => {
      const { keys, problem } = readClientKeys(sent);
      if (problem) refuse(problem);
      return keys;
    },
  },
  api: {
    sent: () => z.string().nullable(),
    read: (sent, { refuse }) => {
      const identifier = sent?.trim();
      if (!identifier) return null;
      if (identifier.length > 2000) refuse("There is no API with this identifier.");
      return identifier;
    },
  },
  seconds: {
    sent: () =>
      z
        .int("Enter a whole number of seconds.")
        .min(0, "Enter a whole number of seconds.")
        .max(31_536_000, "A year, 31536000 seconds, is the most.")
        .nullable(),
  },
};

type FindProblem = (address: string, policy: RedirectUriPolicy) => string | null;

function addresses(what: string, findProblem: FindProblem): Kind<readonly string[], readonly string[]> {
  return {
    sent: () => z.array(z.string()).max(50, `An application may have at most 50 ${what}.`),
    read: (sent, { policy, refuse }) => {
      for (const address of sent) {
        const problem = findProblem(address, policy);
        if (problem) refuse(`${shorten(address)}: ${problem}`);
      }
      return unique(sent);
    },
  };
}
