import type { ApplicationValues } from "../form/application-fields";
import type { ScopeChoice } from "../form/scope-choices";

/** What all sections of an application need. */
export interface SectionSettings {
  csrf: string;
  /** The page with all settings. */
  wholeForm: string;
  stored: ApplicationValues;
  scopes: readonly ScopeChoice[];
  allowHttp: boolean;
  knownSchemes: readonly string[];
  privateSchemes: readonly string[];
  /** Whether the user may grant an application what its owner can't. */
  grantsPrivileges: boolean;
  /** Whether an administrator has set the security profile, and the reader isn't one. */
  locksProfile: boolean;
  /** Whether it registered itself (RFC 7591). */
  registeredItself: boolean;
}
