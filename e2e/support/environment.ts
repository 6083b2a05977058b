/** Set by the runner (server/test) to the servers under test. */

export function readVariable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with npm test, or npm run test:http.`);
  return value;
}

/** Origin of the first server. Not BASE_URL, which vitest replaces with its own setting. */
export const baseUrl = readVariable("PUBLIC_URL");
/** Origin of a second server process on the same database. */
export const secondBaseUrl = readVariable("BASE_URL_2");
export const databaseUrl = readVariable("DATABASE_URL");
/** `iss` of RFC 9207. */
export const issuer = `${baseUrl}/o`;

const { hostname } = new URL(databaseUrl);
const isSocket = decodeURIComponent(hostname).startsWith("/");
if (!isSocket && hostname !== "127.0.0.1" && hostname !== "localhost") {
  throw new Error(`These tests make and delete users: not on ${hostname}, only on a database of this machine.`);
}

// The services run in this process too: they need a complete environment, and tests need no strong hashes.
process.env.AUTH_SECRET ??= "nothing that these tests seal leaves their process";
process.env.PASSWORD_HASH_COST ??= "10";
