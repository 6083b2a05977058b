import type { ClientSettings } from "@/lib/oauth/ports/client-settings";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { isUrl } from "@/lib/oauth/wire/is-url";
import { isLoopbackHost } from "@/lib/oauth/wire/loopback";
import { usesClientSecret } from "../credentials/uses-client-secret";
import { findSimilarUris } from "./similar-uris";

/** What can be found, the worst first. */
export const findingCodes = [
  "noSecret",
  "secretsExpired",
  "redirectUriMissing",
  "nobodyMayUse",
  "secretExpires",
  "plainHttp",
  "similarRedirectUris",
  "refusedSignIns",
  "ownerDisabled",
  "neverUsed",
  "pkceOptional",
  "loopbackTwins",
  "stayingSignedIn",
  "openToEveryone",
] as const;

export type FindingCode = (typeof findingCodes)[number];

/** `danger`: it doesn't work. `warning`: it may stop working, or is unsafe. `info`: often intended. */
export const severities = ["danger", "warning", "info"] as const;

const severityOf: Record<FindingCode, (typeof severities)[number]> = {
  noSecret: "danger",
  secretsExpired: "danger",
  redirectUriMissing: "danger",
  nobodyMayUse: "danger",
  secretExpires: "warning",
  plainHttp: "warning",
  similarRedirectUris: "warning",
  refusedSignIns: "warning",
  ownerDisabled: "warning",
  neverUsed: "info",
  pkceOptional: "info",
  loopbackTwins: "info",
  stayingSignedIn: "info",
  openToEveryone: "info",
};

export interface Finding {
  code: FindingCode;
  severity: (typeof severities)[number];
  /** For the sentence of the code. */
  values: Record<string, string | number>;
}

interface SecretFacts {
  label: string;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  status: "active" | "expired" | "revoked";
}

/** What is known of an application. */
export interface HealthSubject {
  settings: ClientSettings;
  secrets: readonly SecretFacts[];
  ownerDisabled: boolean;
  accessRestricted: boolean;
  /** Of those that restrict it. */
  groups: number;
  lastTokenAt: Date | null;
  /** In the last days. */
  refusedSignIns: number;
}

type Found = [code: FindingCode, values?: Record<string, string | number>];

/** What is wrong with an application, or worth knowing about it: the worst first. */
export function findFindings(subject: HealthSubject, now: Date): Finding[] {
  const found = [
    ...judgeSecrets(subject, now),
    ...judgeRedirectUris(subject.settings),
    ...judgeUsers(subject),
    ...judgeUse(subject),
  ];
  return found
    .map(([code, values = {}]) => ({ code, severity: severityOf[code], values }))
    .toSorted((one, other) => findingCodes.indexOf(one.code) - findingCodes.indexOf(other.code));
}

const dayMs = 86_400_000;

/** A secret that ends so soon is worth a warning. In days. */
const soon = 30;

function judgeSecrets({ settings, secrets }: HealthSubject, now: Date): Found[] {
  if (!usesClientSecret(settings)) return [];
  const active = secrets.filter(({ status }) => status === "active");
  if (active.length === 0)
    return secrets.some(({ status }) => status === "expired") ? [["secretsExpired"]] : [["noSecret"]];
  const endsSoon = ({ expiresAt }: SecretFacts) =>
    expiresAt !== null && expiresAt.getTime() - now.getTime() <= soon * dayMs;
  const lasting = active.filter((secret) => !endsSoon(secret));
  // One that was replaced ends on purpose, unless the application still uses it and not its successor.
  const lastUse = Math.max(0, ...lasting.map(({ lastUsedAt }) => lastUsedAt?.getTime() ?? 0));
  return active
    .filter((secret) => endsSoon(secret) && (lasting.length === 0 || (secret.lastUsedAt?.getTime() ?? 0) > lastUse))
    .map(({ label, expiresAt }) => [
      "secretExpires",
      { label, days: Math.floor(((expiresAt?.getTime() ?? 0) - now.getTime()) / dayMs) },
    ]);
}

function judgeRedirectUris({
  grantTypes,
  redirectUris,
  clientType,
  requirePkce,
  securityProfile,
}: ClientSettings): Found[] {
  if (!grantTypes.includes("authorization_code")) return [];
  const similar = findSimilarUris(redirectUris).map(({ one, other, difference }): Found => {
    // RFC 8252 §8.3: some programs need both names of the own machine.
    if (difference === "loopback") return ["loopbackTwins", { one, other }];
    return ["similarRedirectUris", { one, other, difference }];
  });
  // RFC 9700 §2.1.1; a public client and the profiles must use it anyway.
  const isOptional = !requirePkce && clientType === "confidential" && securityProfile === null;
  return [
    ...(redirectUris.length === 0 ? [["redirectUriMissing"] satisfies Found] : []),
    ...redirectUris.filter(isPlainHttp).map((uri): Found => ["plainHttp", { uri }]),
    ...similar,
    ...(isOptional ? [["pkceOptional"] satisfies Found] : []),
  ];
}

/** RFC 9700 §2.6: codes and what is sent with them travel in the clear. */
function isPlainHttp(uri: string): boolean {
  return uri.startsWith("http://") && isUrl(uri) && !isLoopbackHost(new URL(uri).hostname);
}

function judgeUsers({ settings, accessRestricted, groups, ownerDisabled }: HealthSubject): Found[] {
  const { grantTypes, kind, clientType, backchannelLogoutUri, frontchannelLogoutUri } = settings;
  const found: Found[] = ownerDisabled ? [["ownerDisabled"]] : [];
  if (!grantTypes.some((grant) => grant === "authorization_code" || grant === deviceCodeGrant)) return found;
  if (!accessRestricted) found.push(["openToEveryone"]);
  else if (groups === 0) found.push(["nobodyMayUse"]);
  // Only what runs on a server has a session that can be ended from outside.
  const hasSessions = clientType === "confidential" && (kind === null || kind === "web");
  if (hasSessions && backchannelLogoutUri === null && frontchannelLogoutUri === null) found.push(["stayingSignedIn"]);
  return found;
}

function judgeUse({ lastTokenAt, refusedSignIns }: HealthSubject): Found[] {
  return [
    ...(refusedSignIns > 0 ? [["refusedSignIns", { count: refusedSignIns }] satisfies Found] : []),
    ...(lastTokenAt === null ? [["neverUsed"] satisfies Found] : []),
  ];
}
