import { authMethodOf, isPlain, type QuickStartFacts, signsUsersIn } from "../facts";
import { exportSecrets, lines, type QuickStart, quote } from "../quick-start";

/** Apache with mod_auth_openidc, in front of anything. */
export function writeApache(facts: QuickStartFacts): QuickStart | null {
  if (!isPlain(facts) || !signsUsersIn(facts)) return null;
  return {
    files: [{ path: "latchkey.conf", code: writeConfiguration(facts) }],
    commands: [
      "sudo apt-get install apache2 libapache2-mod-auth-openidc",
      ...exportSecrets(facts, "CRYPTO_PASSPHRASE"),
      "sudo cp latchkey.conf /etc/apache2/conf-available/",
      "sudo a2enmod auth_openidc && sudo a2enconf latchkey",
      `sudo --preserve-env=${facts.isPublic ? "" : "CLIENT_SECRET,"}CRYPTO_PASSPHRASE apachectl restart`,
    ],
    open: `${facts.origin}/`,
    redirectUri: facts.redirectUri,
  };
}

function writeConfiguration(facts: QuickStartFacts): string {
  return lines(
    `OIDCProviderMetadataURL ${facts.issuer}/.well-known/openid-configuration`,
    `OIDCClientID ${quote(facts.clientId)}`,
    !facts.isPublic && 'OIDCClientSecret "${CLIENT_SECRET}"',
    `OIDCProviderTokenEndpointAuth ${authMethodOf(facts)}`,
    `OIDCRedirectURI ${quote(facts.redirectUri)}`,
    `OIDCScope ${quote(facts.scope)}`,
    "OIDCPKCEMethod S256",
    'OIDCCryptoPassphrase "${CRYPTO_PASSPHRASE}"',
    "# REMOTE_USER, and so the log, is the name that people sign in with; OIDC_CLAIM_… has the rest.",
    `OIDCRemoteUserClaim ${facts.scope.split(" ").includes("profile") ? "preferred_username" : "sub"}`,
    "",
    "<Location />",
    "  AuthType openid-connect",
    "  Require valid-user",
    "</Location>",
  );
}
