import type { ApplicationKind } from "@/lib/oauth/ports/client-choices";
import type { ClientSettings } from "@/lib/oauth/ports/client-settings";

/**
 * What an application that many people run has to be told, and how it has to be registered: one file in `data` for
 * each. Texts in braces are filled in (`fill-template.ts`).
 */
export interface Template {
  /** As its makers write it. */
  name: string;
  kind: ApplicationKind;
  /** An address at which it might run. */
  example: string;
  /** `{url}` is the address at which it runs, without a slash at the end. */
  redirectUris: readonly string[];
  /** All that it requests. */
  scopes: readonly string[];
  /** How its registration differs from others of its kind. */
  settings: Partial<ClientSettings>;
  /** What to enter in it: lines of a file, or of a form with the labels that it has in English. */
  enter: { place: string; code: string };
  documentation: string;
  /** Where each fact comes from. */
  sources: Record<"redirectUris" | "scopes" | "settings" | "enter", string>;
  /** The version with which a test of ours has signed a user in; null: none has. */
  ran: string | null;
}
