import { lookup } from "node:dns/promises";
import * as http from "node:http";
import * as https from "node:https";
import { isIPv6, type LookupFunction } from "node:net";
import { isInNetworks, parseAddress, parseNetworks } from "@/lib/network/networks";
import { isPublicAddress } from "@/lib/network/public-address";
import { FetchError } from "./fetch-error";
import { findFetchUrlProblem, toHost } from "./fetch-url";
import { type Cause, getOutboundCalls, type OutboundCalls } from "./outbound-calls";

const timeoutMs = 5_000;
const maximumBytes = 64 * 1024;
const jsonMediaType = /^application\/(?:[\w.-]+\+)?json$/;

export interface FetchOptions {
  /** Addresses and networks that may be reached although they aren't public, by plain http as well. */
  privateNetworks: readonly string[];
  /** All addresses of a host name. */
  resolve?: (hostname: string) => Promise<string[]>;
  /** For everything together: name, connection, answer. */
  timeout?: number;
  /** Decides how many such calls there may be; by default, those that anyone can cause. */
  cause?: Cause;
  /** This process's calls by default. */
  calls?: OutboundCalls;
}

/** What is sent: nothing of the user or of this server except what is listed here. */
export interface Outgoing {
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: string;
}

/**
 * Fetches JSON from a URL chosen by someone else, with the protection of `exchangePublicly`: at most 64 kB.
 * @throws FetchError if there is none
 */
export function fetchPublicJson(url: string, options: FetchOptions): Promise<unknown> {
  const headers = { Accept: "application/jwk-set+json, application/json" };
  return exchangePublicly(url, options, { method: "GET", headers }, readJson);
}

/**
 * Sends a request to a URL chosen by someone else, in a way that can't be used to reach what only this server can
 * (server-side request forgery): https, public addresses, no redirects, no proxy, no credentials, five seconds. The
 * connection goes to exactly the addresses that were checked, even if the name resolves differently a moment later. It
 * takes one of the places for such calls.
 * @throws FetchError, OutboundBusyError
 */
export async function exchangePublicly<T>(
  url: string,
  options: FetchOptions,
  outgoing: Outgoing,
  read: (response: http.IncomingMessage) => T | Promise<T>,
): Promise<T> {
  const problem = findFetchUrlProblem(url, options.privateNetworks);
  if (problem) throw new FetchError(`the address is refused: ${problem.code}`);
  const target = new URL(url);
  const release = await (options.calls ?? getOutboundCalls()).take(target.host, options.cause ?? "anyone");
  const signal = AbortSignal.timeout(options.timeout ?? timeoutMs);
  // A DNS lookup continues in its own thread after the caller gave up, and keeps its place until then.
  const lookup = startLookup(target, options);
  try {
    const addresses = await findAddresses(target, options, lookup, signal);
    const response = await request(target, addresses, outgoing, signal);
    try {
      return await read(response);
    } finally {
      response.destroy();
    }
  } catch (error) {
    if (error instanceof FetchError) throw error;
    if (signal.aborted) throw new FetchError("no complete answer in time");
    throw new FetchError(error instanceof Error ? error.message : "failed", { cause: error });
  } finally {
    void lookup.then(release, release);
  }
}

async function startLookup({ hostname }: URL, options: FetchOptions): Promise<string[]> {
  const host = toHost(hostname);
  return parseAddress(host) ? [host] : (options.resolve ?? resolveBySystem)(host);
}

async function findAddresses(
  target: URL,
  options: FetchOptions,
  lookup: Promise<string[]>,
  signal: AbortSignal,
): Promise<string[]> {
  const aborted = new Promise<never>((_resolve, reject) => signal.addEventListener("abort", reject, { once: true }));
  const addresses = await Promise.race([lookup, aborted]);
  const privateNetworks = parseNetworks(options.privateNetworks);
  const isPermitted = (text: string) => {
    const address = parseAddress(text);
    if (!address) return false;
    return isInNetworks(address, privateNetworks) || (target.protocol === "https:" && isPublicAddress(address));
  };
  // One bad address among good ones means that the name changes its answers.
  if (addresses.length === 0 || !addresses.every(isPermitted)) throw new FetchError("an address that is not permitted");
  return addresses;
}

async function resolveBySystem(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

function request(
  target: URL,
  addresses: string[],
  { method, headers, body }: Outgoing,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const send = target.protocol === "https:" ? https.request : http.request;
  const options: https.RequestOptions = {
    // A new agent: no connection opened for something else, no proxy from the environment.
    agent: false,
    lookup: answerWith(addresses),
    signal,
    maxHeaderSize: 16 * 1024,
    method,
    headers: { ...headers, "Accept-Encoding": "identity", "User-Agent": "Latchkey" },
  };
  return new Promise((resolve, reject) => {
    send(target, options, resolve).on("error", reject).end(body);
  });
}

/** Replaces a second DNS lookup, which could answer differently. */
function answerWith(addresses: string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_hostname, { all }, callback) => {
    if (all) callback(null, found);
    else callback(null, found[0]?.address ?? "", found[0]?.family);
  };
}

async function readJson(response: http.IncomingMessage): Promise<unknown> {
  const mediaType = response.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (response.statusCode === 200 && !jsonMediaType.test(mediaType)) {
    throw new FetchError("the answer is not JSON by its Content-Type");
  }
  const text = await readText(response);
  try {
    return JSON.parse(text);
  } catch {
    throw new FetchError("the answer is not JSON");
  }
}

/** The text of a successful answer, regardless of its media type: at most 64 kB. */
export async function readText(response: http.IncomingMessage): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readBytes(response, maximumBytes));
  } catch (error) {
    if (error instanceof TypeError) throw new FetchError("the answer is not text in UTF-8");
    throw error;
  }
}

/** The content of a successful answer, at most `maximum` bytes. */
export async function readBytes(response: http.IncomingMessage, maximum: number): Promise<Buffer> {
  const { statusCode, headers } = response;
  if (statusCode !== 200) throw new FetchError(`status ${statusCode}`);
  if ((headers["content-encoding"] ?? "identity") !== "identity") throw new FetchError("the answer is compressed");
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximum) throw new FetchError(`more than ${maximum} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
