import type { JSONWebKeySet } from "jose";

/** What a setting of an application may hold, by its kind. Null: not set. */
export interface KindValues {
  /** What people are shown. */
  name: string;
  flag: boolean;
  /** One of the setting's choices. */
  choice: string | null;
  /** Some of the setting's choices. */
  choices: readonly string[];
  scopes: readonly string[];
  redirect_uris: readonly string[];
  /** Where request objects are published. */
  request_uris: readonly string[];
  /** Origins of scripts, as browsers send them (RFC 6454 §6.2). */
  origins: readonly string[];
  /** Authentication contexts. */
  contexts: readonly string[];
  address: string | null;
  /** Public keys. */
  keys: JSONWebKeySet | null;
  /** The identifier of an API of this server. */
  api: string | null;
  seconds: number | null;
}

export type SettingKind = keyof KindValues;

/** What a setting is void without: the code grant, users who sign in, or a client that may have keys. */
export type Need = "code" | "users" | "keys";

/**
 * Who may change it. What has a name on the wire (RFC 7591 §2) a client may say of itself, and its owner here may as
 * well. The rest is decided here only: by the owner, or by an administrator alone, whose decision ends when what it was
 * made for changes (docs/adr/0029).
 */
type Decision =
  | { readonly wire: string; readonly decidedBy?: never }
  | { readonly wire?: never; readonly decidedBy: "owner" | "administrator" };

export type Setting = Decision & {
  readonly kind: SettingKind;
  readonly choices?: readonly string[];
  /** Counts where it is left out; if it isn't named here, nothing does: false, null, or an empty list. */
  readonly default?: string | null;
  /** It can't be left out of a new application; `or_kept`: left out, it stays as it is. */
  readonly required?: true | "or_kept";
  readonly needs?: readonly Need[];
  /** An address that may be on plain http. */
  readonly http?: true;
};

/** What a setting of this row holds. */
export type ValueOf<Row extends Setting> = Row extends { kind: "choice"; choices: readonly (infer Choice)[] }
  ? Choice | (Row extends { default: null } ? null : never)
  : KindValues[Row["kind"]];
