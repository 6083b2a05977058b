import type { JSONWebKeySet, JWK } from "jose";
import { problem } from "@/lib/messages/problem";
import { privateMembers } from "@/lib/oauth/keys/private-members";
import { hasHiddenControl, isVisible } from "@/lib/oauth/wire/displayed-text";

/**
 * The public keys with which a client signs its assertions (RFC 7591 §2 `jwks`, RFC 7523 §2.2). Free of Node.js: the
 * form in the browser applies the same rules as the server.
 */

const maximumKeys = 20;
const maximumText = 64 * 1024;

/** Octets of a coordinate (RFC 7518 §6.2.1.2) or of the key (RFC 8037 §2), and the key's signature algorithms. */
const curves: Record<string, { kty: string; octets: number; algorithms: string[] }> = {
  "P-256": { kty: "EC", octets: 32, algorithms: ["ES256"] },
  "P-384": { kty: "EC", octets: 48, algorithms: ["ES384"] },
  "P-521": { kty: "EC", octets: 66, algorithms: ["ES512"] },
  Ed25519: { kty: "OKP", octets: 32, algorithms: ["EdDSA", "Ed25519"] },
  X25519: { kty: "OKP", octets: 32, algorithms: [] },
};
const rsaAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];

/** The stored members of a key: other JWK members have no meaning here. */
const keptMembers = ["kty", "crv", "x", "y", "n", "e", "kid", "use", "key_ops", "alg"] as const;

/** Parses JSON text or an object, a JWK Set or a single key, as a set of public keys; null or blank text: none. */
export function readClientKeys(value: unknown): { keys: JSONWebKeySet | null; problem?: string } {
  if (value === null || value === undefined || (typeof value === "string" && value.trim() === ""))
    return { keys: null };
  if (typeof value !== "string" && typeof value !== "object")
    return { keys: null, problem: problem("consoleFieldProblems.application.keys") };
  const read = readKeys(value);
  return typeof read === "string" ? { keys: null, problem: read } : { keys: read };
}

/** The set, or what is wrong with it. */
function readKeys(value: string | object): JSONWebKeySet | string {
  if (typeof value === "string" && value.length > maximumText) return problem("consoleFieldProblems.keys.size");
  const parsed = typeof value === "string" ? parseJson(value) : value;
  const set = isRecord(parsed) && "kty" in parsed ? { keys: [parsed] } : parsed;
  if (!isRecord(set) || !Array.isArray(set.keys))
    return problem("consoleFieldProblems.keys.form", { example: '{"keys": [ … ]}' });
  if (set.keys.length > maximumKeys) return problem("consoleFieldProblems.keys.most", { maximum: maximumKeys });
  const keys: JWK[] = [];
  for (const [index, key] of set.keys.entries()) {
    const wrong = isRecord(key) ? findKeyProblem(key) : problem("consoleFieldProblems.keys.object");
    if (wrong) return problem("consoleFieldProblems.keys.key", { key: nameKey(key, index), problem: wrong });
    const jwk = keepPublicMembers(key);
    if (jwk.kid !== undefined && keys.some(({ kid }) => kid === jwk.kid))
      return problem("consoleFieldProblems.keys.sameKid", { kid: jwk.kid });
    keys.push(jwk);
  }
  return keys.some(isSigningKey) ? { keys } : problem("consoleFieldProblems.keys.signing");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameKey(key: unknown, index: number): string {
  const kid = isRecord(key) ? key.kid : undefined;
  return typeof kid === "string" && kid.length <= 60 ? kid : `${index + 1}`;
}

function findKeyProblem(key: Record<string, unknown>): string | null {
  if (key.kty === "oct") return problem("consoleFieldProblems.keys.shared");
  if (privateMembers.some((member) => Object.hasOwn(key, member))) {
    return problem("consoleFieldProblems.keys.private");
  }
  if (!isText(key.kid, 255) || !isText(key.use, 20) || !isText(key.alg, 40))
    return problem("consoleFieldProblems.keys.text");
  if (key.key_ops !== undefined && !(Array.isArray(key.key_ops) && key.key_ops.every((name) => isText(name, 40)))) {
    return problem("consoleFieldProblems.keys.operations");
  }
  return key.kty === "RSA" ? findRsaProblem(key) : findCurveProblem(key);
}

function isText(value: unknown, maximum: number): boolean {
  if (value === undefined) return true;
  return typeof value === "string" && value.length <= maximum && isVisible(value) && !hasHiddenControl(value);
}

/** Below 2048 bits a key isn't safe (RFC 7518 §3.3); far above, each verification would cost the server too much. */
function findRsaProblem({ n, e }: Record<string, unknown>): string | null {
  const bits = countOctets(n) * 8;
  if (bits < 2048 || bits > 8192) return problem("consoleFieldProblems.keys.rsa");
  const exponent = countOctets(e);
  return exponent < 1 || exponent > 4 ? problem("consoleFieldProblems.keys.exponent") : null;
}

function findCurveProblem({ kty, crv, x, y }: Record<string, unknown>): string | null {
  const curve = typeof crv === "string" && Object.hasOwn(curves, crv) ? curves[crv] : undefined;
  if (!curve || curve.kty !== kty)
    return problem("consoleFieldProblems.keys.curves", { curves: Object.keys(curves).join(", ") });
  const coordinates = kty === "EC" ? [x, y] : [x];
  return coordinates.every((value) => countOctets(value) === curve.octets)
    ? null
    : problem("consoleFieldProblems.keys.point", { curve: String(crv) });
}

/** The number of octets in a base64url text; 0 if it isn't valid. */
function countOctets(value: unknown): number {
  return typeof value === "string" && /^[\w-]+$/.test(value) ? Math.floor((value.length * 3) / 4) : 0;
}

function keepPublicMembers(key: Record<string, unknown>): JWK {
  const kept = keptMembers.filter((name) => key[name] !== undefined).map((name) => [name, key[name]]);
  return Object.fromEntries(kept) as JWK;
}

/** RFC 7517 §4.2, §4.3, §4.4. */
function isSigningKey({ kty, crv, use, key_ops, alg }: JWK): boolean {
  const algorithms = kty === "RSA" ? rsaAlgorithms : (curves[crv ?? ""]?.algorithms ?? []);
  return (
    algorithms.length > 0 &&
    (use === undefined || use === "sig") &&
    (key_ops === undefined || key_ops.includes("verify")) &&
    (alg === undefined || algorithms.includes(alg))
  );
}
