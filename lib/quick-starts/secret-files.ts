import { quoteForShell } from "./shell";

/** A new secret with what belongs to it. */
export interface Credentials {
  applicationName: string;
  clientId: string;
  clientSecret: string;
  issuer: string;
}

export interface SecretFile {
  name: string;
  type: string;
  text: string;
}

/** The formats in which a new secret can be saved. */
export const secretFileFormats = ["env", "kubernetes"] as const;

export type SecretFileFormat = (typeof secretFileFormats)[number];

export function findSecretFileFormat(name: unknown): SecretFileFormat | null {
  return secretFileFormats.find((format) => format === name) ?? null;
}

export function writeSecretFile(format: SecretFileFormat, credentials: Credentials): SecretFile {
  const { applicationName, clientId, clientSecret, issuer } = credentials;
  const name = toKubernetesName(applicationName);
  const values = Object.entries({ CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, ISSUER: issuer });
  if (format === "env") {
    const lines = values.map(([key, value]) => `${key}=${quoteForShell(value)}`);
    return { name: `${name}.env`, type: "text/plain", text: `${lines.join("\n")}\n` };
  }
  // JSON strings are YAML strings, whatever is in them (YAML 1.2 §1.3).
  const data = values.map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  const head = ["apiVersion: v1", "kind: Secret", "metadata:", `  name: ${name}`, "type: Opaque", "stringData:"];
  return { name: `${name}.yaml`, type: "application/yaml", text: `${[...head, ...data].join("\n")}\n` };
}

/** A DNS label (RFC 1123 §2.1), which is what Kubernetes names are, and a file's name in every system. */
function toKubernetesName(text: string): string {
  const words = text
    .normalize("NFKD")
    .toLowerCase()
    .match(/[a-z\d]+/g);
  return `${(words ?? ["application"]).join("-").slice(0, 50).replace(/-$/, "")}-oauth`;
}
