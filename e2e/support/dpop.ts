import { createDpopKey, createProof, type DpopKey } from "@/lib/oauth/testing/dpop-proof";
import { baseUrl } from "./environment";
import { type Answer, encodeForm, formType, type Sending, send } from "./http";
import { noteSecret } from "./secrets-seen";
import { readTokenAnswer, type TokenAnswer } from "./token-client";

interface Proving extends Sending {
  /** Presented with the DPoP scheme, and hashed into the proof. */
  accessToken?: string;
  /** Claims that differ from the correct ones; `undefined` omits a claim. */
  claims?: Record<string, unknown>;
}

/** A client with a key, which keeps the last nonce it received (RFC 9449 §8.2). */
export class DpopClient {
  readonly key: DpopKey;
  nonce: string | undefined;

  private constructor(key: DpopKey) {
    this.key = key;
  }

  static async create(alg?: string): Promise<DpopClient> {
    return new DpopClient(await createDpopKey(alg));
  }

  /** A proof for `path` at the public origin, created now. */
  async prove(method: string, path: string, { accessToken, claims }: Proving = {}): Promise<string> {
    const target = { method, uri: `${baseUrl}${path}`, at: new Date(), accessToken, nonce: this.nonce };
    const proof = await createProof(this.key, target, claims);
    noteSecret(proof);
    return proof;
  }

  /** Sends a request with a proof, and repeats it if only the nonce was missing. */
  async send(method: string, path: string, proving: Proving = {}): Promise<Answer> {
    const sent = this.nonce;
    const answer = await this.#sendOnce(method, path, proving);
    const isNonceDemanded = answer.status >= 400 && this.nonce !== sent;
    return isNonceDemanded ? this.#sendOnce(method, path, proving) : answer;
  }

  async requestToken(fields: Readonly<Record<string, string>>, proving: Proving = {}): Promise<TokenAnswer> {
    const form = { headers: { "Content-Type": formType, ...proving.headers }, body: encodeForm(fields) };
    return readTokenAnswer(await this.send("POST", "/o/token/", { ...proving, ...form }));
  }

  getResource(accessToken: string, proving: Proving = {}): Promise<Answer> {
    return this.send("GET", "/resource", { ...proving, accessToken });
  }

  async #sendOnce(method: string, path: string, proving: Proving): Promise<Answer> {
    const { accessToken, claims, headers, ...sending } = proving;
    const authorization = accessToken === undefined ? {} : { Authorization: `DPoP ${accessToken}` };
    const proof = await this.prove(method, path, proving);
    const answer = await send(method, path, { ...sending, headers: { ...authorization, DPoP: proof, ...headers } });
    const nonce = answer.headers["dpop-nonce"];
    if (typeof nonce === "string") this.nonce = nonce;
    return answer;
  }
}
