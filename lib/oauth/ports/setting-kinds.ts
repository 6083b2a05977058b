import type { JSONWebKeySet } from "jose";

/** The value of an application's setting, by its kind. Null: not set. */
export interface KindValues {
  /** Text that is shown to people. */
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

/** What a setting has no effect without: the code grant, users who sign in, or a client that may have keys. */
export type Need = "code" | "users" | "keys";

/**
 * Who may change it. A setting with a name on the wire (RFC 7591 §2) can be set by the client itself and by its owner.
 * The others are set only here: by the owner, or only by an administrator, whose decision ends when its grounds change
 * (docs/adr/0029).
 */
type Decision =
  | { readonly wire: string; readonly decidedBy?: never }
  | { readonly wire?: never; readonly decidedBy: "owner" | "administrator" };

export type Setting = Decision & {
  readonly kind: SettingKind;
  readonly choices?: readonly string[];
  /** The default; without one it is false, null, or an empty list. */
  readonly default?: string | null;
  /** A new application must have it; `or_kept`: if omitted in an update, it stays unchanged. */
  readonly required?: true | "or_kept";
  readonly needs?: readonly Need[];
  /** An address that may use plain http. */
  readonly http?: true;
};

/** The value of a setting of this row. */
export type ValueOf<Row extends Setting> = Row extends { kind: "choice"; choices: readonly (infer Choice)[] }
  ? Choice | (Row extends { default: null } ? null : never)
  : KindValues[Row["kind"]];
