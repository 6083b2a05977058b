import { parseArgs } from "node:util";
import { runCommand } from "../run-command";
import { UserError } from "../user-error";
import { withDatabase } from "./with-database";

const USAGE = `Usage: npm run createapplication -- CLIENT_TYPE GRANT_TYPE [options]

  CLIENT_TYPE            confidential or public
  GRANT_TYPE             authorization-code or client-credentials; several separated by commas.
                         authorization-code alone includes refresh-token.

  --name NAME            what people see when they are asked for consent
  --redirect-uris URIS   separated by spaces or commas, or the option repeated
  --client-id ID         generated when not given
  --client-secret SECRET generated when not given
  --skip-authorization   never ask for consent
  --user USER            the owner: username, e-mail address or id
  --scopes SCOPES        the only scopes it may ask for, separated by spaces or commas
  --json                 print one JSON object, for scripts
  --help                 print this`;

export const main = (args: string[]) =>
  runCommand(async () => {
    const { values, positionals } = readArguments(args);
    if (values.help) {
      console.log(USAGE);
      return;
    }
    const [clientType, grantTypes, ...rest] = positionals;
    if (!clientType || !grantTypes || rest.length > 0) {
      throw new UserError(`Give a client type and a grant type, and everything else as an option.\n\n${USAGE}`);
    }
    if (clientType !== "confidential" && clientType !== "public") {
      throw new UserError(`The client type is "confidential" or "public", not "${clientType}".`);
    }
    const application = await withDatabase(() =>
      register({
        name: values.name ?? values["client-id"] ?? "Unnamed application",
        clientType,
        grantTypes: readGrantTypes(grantTypes),
        redirectUris: splitList(values["redirect-uris"]),
        allowedScopes: splitList(values.scopes),
        skipConsent: values["skip-authorization"] ?? false,
        // RFC 9700 §2.1.1: without a secret, PKCE is all that protects a code.
        requirePkce: clientType === "public",
        clientId: values["client-id"],
        clientSecret: values["client-secret"],
        owner: values.user,
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
        "redirect-uris": { type: "string", multiple: true },
        "client-id": { type: "string" },
        "client-secret": { type: "string" },
        "skip-authorization": { type: "boolean" },
        user: { type: "string" },
        scopes: { type: "string", multiple: true },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

const GRANT_TYPES = ["authorization_code", "client_credentials", "refresh_token"] as const;
type GrantType = (typeof GRANT_TYPES)[number];

function readGrantTypes(text: string): GrantType[] {
  const named = splitList([text]).map((name) => {
    const found = GRANT_TYPES.find((grantType) => grantType === name.toLowerCase().replaceAll("-", "_"));
    if (found) return found;
    const known = GRANT_TYPES.map((grantType) => grantType.replaceAll("_", "-")).join(", ");
    throw new UserError(`There is no grant type "${name}". There are: ${known}.`);
  });
  return named.length === 1 && named[0] === "authorization_code" ? [...named, "refresh_token"] : named;
}

function splitList(values: string[] = []): string[] {
  return values.flatMap((value) => value.split(/[\s,]+/)).filter(Boolean);
}

interface Registration {
  name: string;
  clientType: "confidential" | "public";
  grantTypes: GrantType[];
  redirectUris: string[];
  allowedScopes: string[];
  skipConsent: boolean;
  requirePkce: boolean;
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  owner?: string | undefined;
}

interface Registered {
  clientId: string;
  clientSecret: string | null;
}

async function register(registration: Registration): Promise<Registered> {
  const { registerApplication } = await import("@/lib/services/applications/register-application");
  const { systemContext } = await import("@/lib/services/context");
  const { ServiceError } = await import("@/lib/services/errors");
  try {
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
  console.log("The secret can't be shown again: store it now.");
}
