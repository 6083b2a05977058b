import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";
import type { SecurityProfile } from "@/lib/oauth/ports/client-choices";
import type { DpopKey } from "@/lib/oauth/testing/dpop-proof";
import type { BrowserClient } from "./browser-client";
import { DpopClient } from "./dpop";
import { issuer } from "./environment";
import { type Answer, postForm } from "./http";
import type { ApplicationOverrides, Portal, TestApplication } from "./portal";
import { noteSecret } from "./secrets-seen";
import { createPkcePair, parseJson, readTokenAnswer, type TokenAnswer } from "./token-client";

type Claims = Record<string, unknown>;

/** Seconds since 1970, as in JWTs. */
export const now = () => Math.floor(Date.now() / 1000);

/** Deviations of a request from a correct one; a member that is `undefined` is omitted. */
export interface Weakness {
  fields?: Readonly<Record<string, string | undefined>>;
  /** In the client assertion; null sends none. */
  assertion?: Claims | null;
  assertionAlgorithm?: string;
  /** Null sends no proof. By default, the client's own key at the token endpoint, and none in pushed requests. */
  dpop?: DpopClient | null;
  proof?: Claims;
}

/** An application with a FAPI 2.0 profile, and what it needs for it: assertions, proofs, PKCE and pushed requests. */
export class FapiClient {
  readonly application: TestApplication;
  readonly profile: SecurityProfile;
  readonly dpop: DpopClient;
  readonly pkce = createPkcePair();
  readonly privateJwk: JWK;

  private constructor(application: TestApplication, profile: SecurityProfile, dpop: DpopClient, privateJwk: JWK) {
    this.application = application;
    this.profile = profile;
    this.dpop = dpop;
    this.privateJwk = privateJwk;
  }

  /** With an RSA key, which works for PS256 and RS256, and a key of the same kind for proofs. */
  static async create(
    portal: Portal,
    profile: SecurityProfile = "fapi2_security",
    overrides: ApplicationOverrides = {},
  ): Promise<FapiClient> {
    const { publicKey, privateKey } = await generateKeyPair("PS256", { extractable: true });
    const application = await portal.createApplication({
      securityProfile: profile,
      jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: "fapi" }] },
      redirectUris: ["https://fapi.example.test/callback"],
      ...overrides,
    });
    const dpop = await DpopClient.create("PS256");
    return new FapiClient(application, profile, dpop, await exportJWK(privateKey));
  }

  async sign(payload: Claims, { alg = "PS256", typ }: { alg?: string; typ?: string } = {}): Promise<string> {
    const key = await importJWK(this.privateJwk, alg);
    const jwt = await new SignJWT(payload).setProtectedHeader({ alg, kid: "fapi", ...(typ ? { typ } : {}) }).sign(key);
    noteSecret(jwt);
    return jwt;
  }

  signAssertion(claims: Claims = {}, alg?: string): Promise<string> {
    const { clientId } = this.application;
    const usual = { iss: clientId, sub: clientId, aud: issuer, jti: randomUUID(), iat: now(), exp: now() + 60 };
    return this.sign({ ...usual, ...claims }, alg ? { alg } : {});
  }

  /** RFC 9101 §4, with the additions of FAPI 2.0 Message Signing §5.3.1. */
  signRequest(claims: Claims = {}, header: { alg?: string; typ?: string } = {}): Promise<string> {
    const { clientId } = this.application;
    const times = { iat: now(), nbf: now(), exp: now() + 300 };
    return this.sign(
      { iss: clientId, aud: issuer, client_id: clientId, ...times, ...this.request(), ...claims },
      header,
    );
  }

  /** The parameters of an authorization request. */
  request(more: Weakness["fields"] = {}): Record<string, string | undefined> {
    return {
      response_type: "code",
      redirect_uri: this.application.redirectUri,
      scope: "openid read",
      state: "a state",
      nonce: "a nonce",
      code_challenge: this.pkce.challenge,
      code_challenge_method: "S256",
      ...more,
    };
  }

  /** RFC 9126 §2.1, in a signed request object if the profile requires one. */
  async push({ fields, ...weakness }: Weakness = {}): Promise<Answer> {
    const isSigned = this.profile === "fapi2_message_signing";
    const request = isSigned ? { request: await this.signRequest(fields) } : this.request(fields);
    return this.pushFields(request, weakness);
  }

  pushFields(fields: Weakness["fields"], weakness: Omit<Weakness, "fields"> = {}): Promise<Answer> {
    return this.#send("/o/par/", { dpop: null, ...weakness, fields });
  }

  /** What a browser carries to the authorization endpoint (RFC 9126 §4). */
  async obtainReference(weakness?: Weakness): Promise<{ client_id: string; request_uri: string }> {
    const answer = await this.push(weakness);
    if (answer.status !== 201) throw new Error(`Not pushed: ${answer.status} ${answer.text}`);
    const request_uri = String(parseJson(answer.text).request_uri);
    noteSecret(request_uri);
    return { client_id: this.application.clientId, request_uri };
  }

  async obtainCode(person: BrowserClient, weakness?: Weakness): Promise<string> {
    return person.obtainCode(await this.obtainReference(weakness));
  }

  async requestToken(fields: Weakness["fields"], weakness: Omit<Weakness, "fields"> = {}): Promise<TokenAnswer> {
    return readTokenAnswer(await this.#send("/o/token/", { ...weakness, fields }));
  }

  exchange(code: string, { fields, ...weakness }: Weakness = {}): Promise<TokenAnswer> {
    const { redirectUri } = this.application;
    const grant = { grant_type: "authorization_code", code, redirect_uri: redirectUri };
    return this.requestToken({ ...grant, code_verifier: this.pkce.verifier, ...fields }, weakness);
  }

  refresh(refresh_token: string, { fields, ...weakness }: Weakness = {}): Promise<TokenAnswer> {
    return this.requestToken({ grant_type: "refresh_token", refresh_token, ...fields }, weakness);
  }

  async obtainTokens(person: BrowserClient, weakness?: Weakness): Promise<TokenAnswer> {
    return this.exchange(await this.obtainCode(person, weakness));
  }

  introspect(token: string, accept: string): Promise<Answer> {
    return this.#send("/o/introspect/", { fields: { token }, dpop: null }, { Accept: accept });
  }

  async #send(path: string, weakness: Weakness, headers: Record<string, string> = {}): Promise<Answer> {
    const dpop = weakness.dpop === undefined ? this.dpop : weakness.dpop;
    const answer = await this.#sendOnce(path, weakness, dpop, headers);
    const nonce = answer.headers["dpop-nonce"];
    if (dpop === null || typeof nonce !== "string") return answer;
    dpop.nonce = nonce;
    // RFC 9449 §8. The assertion is new as well, because it can be used only once.
    const isNonceDemanded = parseJson(answer.text).error === "use_dpop_nonce";
    return isNonceDemanded ? this.#sendOnce(path, weakness, dpop, headers) : answer;
  }

  async #sendOnce(
    path: string,
    { fields = {}, assertion, assertionAlgorithm, proof }: Weakness,
    dpop: DpopClient | null,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const credentials = {
      client_id: this.application.clientId,
      ...(assertion === null
        ? {}
        : {
            client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            client_assertion: await this.signAssertion(assertion, assertionAlgorithm),
          }),
    };
    const sent = Object.entries({ ...credentials, ...fields }).filter((entry): entry is [string, string] => !!entry[1]);
    const proving = dpop ? { DPoP: await dpop.prove("POST", path, proof ? { claims: proof } : {}) } : {};
    return postForm(path, Object.fromEntries(sent), { headers: { ...headers, ...proving } });
  }
}

/** The same key with another algorithm: RSA signs with PS256 and RS256. */
export async function withAlgorithm(key: DpopKey, alg: string): Promise<DpopKey> {
  return { ...key, alg, privateKey: (await importJWK(key.privateJwk, alg)) as CryptoKey };
}
