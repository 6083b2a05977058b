import { isPlain, type QuickStartFacts, signsUsersIn } from "../facts";
import { lines, type QuickStart, quote } from "../quick-start";

/** Android and iOS with AppAuth (RFC 8252). */
export function writeMobile(facts: QuickStartFacts): QuickStart | null {
  const { kind } = facts.application;
  if (!isPlain(facts) || !signsUsersIn(facts) || !facts.isPublic || kind === "single_page") return null;
  const scheme = new URL(facts.redirectUri).protocol.slice(0, -1);
  return {
    files: [
      { path: "build.gradle.kts", code: writeGradle(scheme) },
      { path: "SignIn.kt", code: writeKotlin(facts) },
      { path: "SignIn.swift", code: writeSwift(facts) },
    ],
    commands: [],
    open: null,
    redirectUri: facts.redirectUri,
  };
}

function writeGradle(scheme: string): string {
  return lines(
    "// To be added to the module of the application.",
    "android {",
    "    defaultConfig {",
    `        manifestPlaceholders["appAuthRedirectScheme"] = ${quoteKotlin(scheme)}`,
    "    }",
    "}",
    "",
    "dependencies {",
    '    implementation("net.openid:appauth:0.11.1")',
    "}",
  );
}

function writeKotlin(facts: QuickStartFacts): string {
  return lines(
    "import android.content.Context",
    "import android.content.Intent",
    "import android.net.Uri",
    "import net.openid.appauth.AuthorizationException",
    "import net.openid.appauth.AuthorizationRequest",
    "import net.openid.appauth.AuthorizationResponse",
    "import net.openid.appauth.AuthorizationService",
    "import net.openid.appauth.AuthorizationServiceConfiguration",
    "import net.openid.appauth.ResponseTypeValues",
    "import net.openid.appauth.TokenResponse",
    "",
    "class SignIn(context: Context) {",
    "    private val service = AuthorizationService(context)",
    "",
    "    /** Gives the intent that opens the browser: start it for a result. */",
    "    fun begin(ready: (Intent?, AuthorizationException?) -> Unit) {",
    `        val issuer = Uri.parse(${quoteKotlin(facts.issuer)})`,
    "        AuthorizationServiceConfiguration.fetchFromIssuer(issuer) { configuration, error ->",
    "            val intent = configuration?.let {",
    "                val request = AuthorizationRequest.Builder(",
    `                    it, ${quoteKotlin(facts.clientId)}, ResponseTypeValues.CODE, Uri.parse(${quoteKotlin(facts.redirectUri)})`,
    `                ).setScope(${quoteKotlin(facts.scope)}).build()`,
    "                service.getAuthorizationRequestIntent(request)",
    "            }",
    "            ready(intent, error)",
    "        }",
    "    }",
    "",
    "    /** With the intent of the result. */",
    "    fun finish(result: Intent, done: (TokenResponse?, AuthorizationException?) -> Unit) {",
    "        val response = AuthorizationResponse.fromIntent(result)",
    "        if (response == null) return done(null, AuthorizationException.fromIntent(result))",
    "        service.performTokenRequest(response.createTokenExchangeRequest(), done)",
    "    }",
    "}",
  );
}

function writeSwift(facts: QuickStartFacts): string {
  const scopes = facts.scope.split(" ").map(quote).join(", ");
  return lines(
    "import AppAuth",
    "import UIKit",
    "",
    "@MainActor",
    "final class SignIn {",
    "    private var flow: OIDExternalUserAgentSession?",
    "",
    "    func begin(from controller: UIViewController, done: @escaping (OIDAuthState?, Error?) -> Void) {",
    `        let issuer = URL(string: ${quote(facts.issuer)})!`,
    "        OIDAuthorizationService.discoverConfiguration(forIssuer: issuer) { configuration, error in",
    "            guard let configuration else { return done(nil, error) }",
    "            let request = OIDAuthorizationRequest(",
    "                configuration: configuration,",
    `                clientId: ${quote(facts.clientId)},`,
    `                scopes: [${scopes}],`,
    `                redirectURL: URL(string: ${quote(facts.redirectUri)})!,`,
    "                responseType: OIDResponseTypeCode,",
    "                additionalParameters: nil",
    "            )",
    "            self.flow = OIDAuthState.authState(byPresenting: request, presenting: controller, callback: done)",
    "        }",
    "    }",
    "}",
  );
}

/** In Kotlin a dollar sign in a string begins a variable. */
function quoteKotlin(text: string): string {
  return quote(text).replaceAll("$", "\\$");
}
