import type { ServiceContext } from "../context";
import type { Wire } from "../wire";

const modules = import.meta.glob<Record<string, unknown>>(["../*/**/*.ts", "!../**/*.test.ts", "!../**/testing/**"], {
  eager: true,
});

export type Verb = (context: ServiceContext, ...rest: unknown[]) => unknown;

export const files = Object.keys(modules);

/** What the modules of this room export, by name. */
export const exported = Object.values(modules).flatMap((exports) => Object.entries(exports));

/** Every exported function of this room that takes a context, by its name: use cases and the checks they share. */
export const verbs = new Map<string, Verb>(
  exported
    .filter((entry): entry is [string, Verb] => typeof entry[1] === "function")
    .filter(([, verb]) => /^(?:async )?function \w+\((?:context\b|\{[^}]*\bactor\b)/.test(String(verb))),
);

/** Their input and output, by the name of the verb. */
export const wires = new Map<string, Wire>(
  exported.flatMap(([name, value]) => (name.endsWith("Wire") ? [[name.slice(0, -"Wire".length), value as Wire]] : [])),
);
