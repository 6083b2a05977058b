import { z } from "zod";
import { type ProblemCode, problem } from "@/lib/messages/problem";
import type { RedirectUriPolicy } from "@/lib/oauth/client/redirect-uri";
import type { KindValues, Setting, SettingKind } from "@/lib/oauth/ports/setting-kinds";
import { scopeTokenPattern } from "@/lib/oauth/scope/scope";
import { displayedLine, type Refuse, unique } from "../../normalized";
import { type AddressListKind, findListedProblem } from "../addresses/listed-address";
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

/** Each tenant of an application may have one. */
const mostRedirectUris = 500;

const readName = displayedLine(100, problem("fieldProblems.name"));

export const kinds: { readonly [Name in SettingKind]: Kind<SentValues[Name], KindValues[Name]> } = {
  name: {
    sent: () => z.string({ error: problem("fieldProblems.name") }),
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
    sent: ({ choices = [] }, error) =>
      z.array(z.enum(choices, { error })).min(1, problem("consoleFieldProblems.application.grantTypes")),
  },
  scopes: {
    sent: () => z.array(z.string().regex(scopeTokenPattern, problem("consoleFieldProblems.scope.unknown"))),
    read: unique<string>,
  },
  redirect_uris: addresses("redirect_uris", "consoleFieldProblems.application.redirectUris", mostRedirectUris),
  request_uris: addresses("request_uris", "consoleFieldProblems.application.requestUris", 50),
  origins: addresses("origins", "consoleFieldProblems.application.origins", 50),
  contexts: {
    sent: () =>
      z
        .array(z.string().regex(/^[\x21-\x7e]{1,255}$/, problem("consoleFieldProblems.application.contextCharacters")))
        .max(10, problem("consoleFieldProblems.application.contexts", { maximum: 10 })),
    read: unique<string>,
  },
  address: {
    sent: () => z.string().nullable(),
    read: (sent, { setting: { http = false }, refuse }) => {
      const address = sent?.trim();
      if (!address) return null;
      const wrong = findWebAddressProblem(address, { http });
      if (wrong) refuse(wrong);
      return address;
    },
  },
  keys: {
    sent: () =>
      z
        .union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())], {
          error: problem("consoleFieldProblems.application.keys"),
        })
        .nullable(),
    read: (sent, { refuse }) => {
      const { keys, problem: wrong } = readClientKeys(sent);
      if (wrong) refuse(wrong);
      return keys;
    },
  },
  api: {
    sent: () => z.string().nullable(),
    read: (sent, { refuse }) => {
      const identifier = sent?.trim();
      if (!identifier) return null;
      if (identifier.length > 2000) refuse(problem("consoleFieldProblems.application.unknownApi"));
      return identifier;
    },
  },
  seconds: {
    sent: () =>
      z
        .int(problem("consoleFieldProblems.application.seconds"))
        .min(0, problem("consoleFieldProblems.application.seconds"))
        .max(31_536_000, problem("consoleFieldProblems.application.mostSeconds", { maximum: "31536000" }))
        .nullable(),
  },
};

function addresses(
  kind: AddressListKind,
  tooMany: ProblemCode,
  maximum: number,
): Kind<readonly string[], readonly string[]> {
  return {
    sent: () => z.array(z.string()).max(maximum, problem(tooMany, { maximum })),
    read: (sent, { policy, refuse }) => {
      for (const address of sent) {
        const wrong = findListedProblem(kind, address, policy);
        if (wrong)
          refuse(problem("consoleFieldProblems.application.address", { address: shorten(address), problem: wrong }));
      }
      return unique(sent);
    },
  };
}
