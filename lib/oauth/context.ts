import type { Stores } from "./store";
import type { Lifetimes } from "./types";

/** What the core is given from outside: it reads no clock, no environment and no database of its own. */
export interface OAuthContext {
  stores: Stores;
  now: () => Date;
  /** `PUBLIC_URL` + `/o`: the `iss` of RFC 9207. */
  issuer: string;
  lifetimes: Lifetimes;
}

export function addSeconds(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}

/** A person or a program may paste anything: what is written down is cut and freed of characters that storage refuses. */
export function forTheRecord(value: string | undefined): string | undefined {
  return value?.slice(0, 500).replace(/[\p{Cc}\p{Cs}]/gu, "\ufffd");
}
