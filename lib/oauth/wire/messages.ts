/**
 * The relevant parts of a POST that a client sends directly to the server (RFC 6749 §3.2 and endpoints modelled on it).
 */
export interface ClientRequest {
  /** Without the leading `?`. */
  query: string;
  contentType: string | null;
  authorization: string | null;
  body: string;
  /** The `DPoP` header; several are joined by commas, which no proof contains. */
  dpop: string | null;
  accept: string | null;
  origin: string | null;
  ipAddress: string | null;
  /** The source of the request: an IPv4 address or an IPv6 /64. */
  network: string;
}

/** `body`: an object is sent as JSON, text as the headers say, null is an empty body. */
export interface ProtocolResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Readonly<Record<string, unknown>> | string | null;
}
