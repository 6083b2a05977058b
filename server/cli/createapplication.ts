import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { RegistrationInput } from "@/lib/services/applications/register-application";
import { runCommand } from "../run-command";
import { UserError } from "../user-error";
import { readSecret } from "./secret-input";
import { describeSettingOptions, readSettingOptions, settingOptions } from "./setting-options";
import { splitScopes, splitUris } from "./split-lists";
import { withDatabase } from "./with-database";

const usage = `Usage: npm run createapplication -- CLIENT_TYPE GRANT_TYPE [options]

  CLIENT_TYPE            confidential or public
  GRANT_TYPE             authorization-code, device-code, client-credentials or refresh-token; several
                         separated by commas. authorization-code or device-code alone includes refresh-token.

  --name NAME            what users see on the consent screen
  --kind KIND            web, single_page, native, machine or device; the port of localhost in the redirect URIs of
                         a native application may vary
  --redirect-uris URIS   separated by spaces, or the option repeated; a comma separates them only before the
                         next one's scheme (…,https://…), because an address may contain one
  --client-id ID         generated if omitted
  --client-secret SECRET generated if omitted; "-" reads it from standard input. Instead of the command
                         line, where others on the machine can see it, use the variable APPLICATION_CLIENT_SECRET
  --skip-authorization   never ask for consent
  --user USER            the owner: username, e-mail address or id
  --scopes SCOPES        the only scopes it may request, separated by spaces or commas, or the option repeated
  --auth-method METHOD   client_secret_basic, client_secret_post, private_key_jwt or none; without it either
                         of the first two, or none for a public client
  --jwks-file FILE       its public keys, a JSON Web Key Set; for private_key_jwt
  --jwks-uri URI         or their address
  --allowed-origins URIS whose scripts may fetch its tokens, separated by spaces or commas
  --require-par          only pushed authorization requests
  --dpop-bound           only sender-constrained tokens
${describeSettingOptions()}
  --json                 print one JSON object, for scripts
  --help                 print this help`;

export const main = (args: string[]) =>
  runCommand(async () => {
    const { values, positionals } = readArguments(args);
    if (values.help) {
      console.log(usage);
      return;
    }
    const [clientType, grantTypes, ...rest] = positionals;
    if (!clientType || !grantTypes || rest.length > 0) {
      throw new UserError(`Enter a client type and a grant type; everything else is an option.\n\n${usage}`);
    }
    if (clientType !== "confidential" && clientType !== "public") {
      throw new UserError(`The client type must be "confidential" or "public", not "${clientType}".`);
    }
    const clientSecret = await readSecret(values["client-secret"], {
      variable: "APPLICATION_CLIENT_SECRET",
      question: "Client secret: ",
    });
    const jwks = values["jwks-file"] === undefined ? undefined : readText(values["jwks-file"]);
    const application = await withDatabase(async () =>
      register({
        name: values.name ?? values["client-id"] ?? "Unnamed application",
        clientType,
        kind: values.kind as RegistrationInput["kind"],
        grantTypes: readGrantTypes(grantTypes),
        redirectUris: splitUris(values["redirect-uris"]),
        allowedScopes: await readScopes(values.scopes ?? []),
        skipConsent: values["skip-authorization"] ?? false,
        // RFC 9700 §2.1.1: without a secret, PKCE is all that protects a code.
        requirePkce: clientType === "public",
        clientId: values["client-id"],
        clientSecret,
        owner: values.user,
        tokenEndpointAuthMethod: values["auth-method"] as RegistrationInput["tokenEndpointAuthMethod"],
        jwks,
        jwksUri: values["jwks-uri"],
        allowedOrigins: splitList(values["allowed-origins"]),
        requirePushedAuthorizationRequests: values["require-par"] ?? false,
        dpopBoundAccessTokens: values["dpop-bound"] ?? false,
        ...readSettingOptions(values),
      }),
    );
    print(application, values.json ?? false);
  });

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        name: { type: "string" },
        kind: { type: "string" },
        "redirect-uris": { type: "string", multiple: true },
        "client-id": { type: "string" },
        "client-secret": { type: "string" },
        "skip-authorization": { type: "boolean" },
        user: { type: "string" },
        scopes: { type: "string", multiple: true },
        "auth-method": { type: "string" },
        "jwks-file": { type: "string" },
        "jwks-uri": { type: "string" },
        "allowed-origins": { type: "string", multiple: true },
        "require-par": { type: "boolean" },
        "dpop-bound": { type: "boolean" },
        ...settingOptions,
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${usage}`);
  }
}

const grantTypesByName = {
  "authorization-code": "authorization_code",
  "device-code": "urn:ietf:params:oauth:grant-type:device_code",
  "client-credentials": "client_credentials",
  "refresh-token": "refresh_token",
} as const;
type GrantType = (typeof grantTypesByName)[keyof typeof grantTypesByName];

function readGrantTypes(text: string): GrantType[] {
  const named = splitList([text]).map((name) => {
    const wanted = name.toLowerCase().replaceAll("_", "-");
    const found = Object.entries(grantTypesByName).find(([known]) => known === wanted);
    if (found) return found[1];
    throw new UserError(`Unknown grant type "${name}". Choose from: ${Object.keys(grantTypesByName).join(", ")}.`);
  });
  const [only] = named;
  const isAlone = named.length === 1 && only !== "client_credentials" && only !== "refresh_token";
  return isAlone ? [...named, "refresh_token"] : named;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`The keys can't be read: ${(error as Error).message}`);
  }
}

async function readScopes(values: string[]): Promise<string[]> {
  if (values.length === 0) return [];
  const { listScopes } = await import("@/lib/services/scopes/list-scopes");
  const { systemContext } = await import("@/lib/services/context");
  const known = await listScopes(systemContext());
  return splitScopes(values, new Set(known.map(({ name }) => name)));
}

function splitList(values: string[] = []): string[] {
  return values.flatMap((value) => value.split(/[\s,]+/)).filter(Boolean);
}

interface Registered {
  clientId: string;
  clientSecret: string | null;
}

async function register(registration: RegistrationInput): Promise<Registered> {
  const { registerApplication } = await import("@/lib/services/applications/register-application");
  const { systemContext } = await import("@/lib/services/context");
  const { requireRedirectUri } = await import("@/lib/services/applications/settings/require-redirect-uri");
  const { ServiceError } = await import("@/lib/services/errors");
  try {
    requireRedirectUri(registration);
    return await registerApplication(systemContext(), registration);
  } catch (error) {
    throw error instanceof ServiceError ? new UserError(error.message) : error;
  }
}

function print({ clientId, clientSecret }: Registered, asJson: boolean) {
  if (asJson) {
    console.log(JSON.stringify({ client_id: clientId, ...(clientSecret ? { client_secret: clientSecret } : {}) }));
    return;
  }
  console.log("Application created successfully.");
  console.log(`client_id: ${clientId}`);
  if (!clientSecret) return;
  console.log(`client_secret: ${clientSecret}`);
  console.log("The secret won't be shown again: store it now.");
}
