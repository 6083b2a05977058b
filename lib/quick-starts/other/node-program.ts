import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { authMethodOf, isPlain, type QuickStartFacts } from "../facts";
import { exportSecrets, lines, packageJson, type QuickStart, quote } from "../quick-start";

/** A program without a browser, on Node.js with openid-client (RFC 8628). */
export function writeDevice(facts: QuickStartFacts): QuickStart | null {
  if (!isPlain(facts) || !facts.application.grantTypes.includes(deviceCodeGrant)) return null;
  const program = lines(
    'import * as client from "openid-client";',
    "",
    ...discovery(facts),
    "",
    `const device = await client.initiateDeviceAuthorization(config, { scope: ${quote(facts.scope)} });`,
    "console.log(`Open ${device.verification_uri} and enter ${device.user_code}`);",
    "",
    "// Waits until someone has allowed or denied it.",
    "const tokens = await client.pollDeviceAuthorizationGrant(config, device);",
    "console.log(`Granted: ${tokens.scope}`);",
  );
  return nodeProgram(facts, "device.js", program);
}

/** A program that acts for itself. */
export function writeMachine(facts: QuickStartFacts): QuickStart | null {
  if (!isPlain(facts) || !facts.application.grantTypes.includes("client_credentials")) return null;
  const program = lines(
    'import * as client from "openid-client";',
    "",
    ...discovery(facts),
    "",
    `const tokens = await client.clientCredentialsGrant(config, { scope: ${quote(facts.scope)} });`,
    "// Keep the token until it expires: a new one for each call is slow.",
    "console.log(`Granted: ${tokens.scope}, for ${tokens.expiresIn()} seconds`);",
  );
  return nodeProgram(facts, "machine.js", program);
}

function nodeProgram(facts: QuickStartFacts, path: string, code: string): QuickStart {
  return {
    files: [packageJson({ start: `node ${path}` }, { "openid-client": "6.9.0" }), { path, code }],
    commands: ["npm install", ...exportSecrets(facts), "npm start"],
    open: null,
    redirectUri: null,
  };
}

/** The lines that read the metadata of the server, for openid-client. */
export function discovery(facts: QuickStartFacts): string[] {
  return [
    "const config = await client.discovery(",
    `  new URL(${quote(facts.issuer)}),`,
    `  ${quote(facts.clientId)},`,
    "  undefined,",
    `  ${authentication[authMethodOf(facts)]},`,
    ...(facts.isOverHttp
      ? ["  // Only while the issuer isn't on https.", "  { execute: [client.allowInsecureRequests] },"]
      : []),
    ");",
  ];
}

const authentication: Record<string, string> = {
  none: "client.None()",
  client_secret_basic: "client.ClientSecretBasic(process.env.CLIENT_SECRET)",
  client_secret_post: "client.ClientSecretPost(process.env.CLIENT_SECRET)",
};
