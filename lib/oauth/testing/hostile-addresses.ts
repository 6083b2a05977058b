import fc from "fast-check";

/** Hosts as an attacker would register them, among good ones. */
const hosts = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."ab1.-"), minLength: 1, maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(..."ab1.-;,'\"$&()!*+=~_%3B2C7 \t\n|`{}^\\@[]:é。；'"), maxLength: 12 }),
  fc.constantFrom("127.0.0.1", "0x7f.1", "[::1]", "[2001:DB8::1]", "localhost", "xn--bcher-kva.example", "a;sandbox"),
);
/** Addresses with them, most of which every rule should refuse. */
export const hostileAddresses = fc
  .tuple(
    fc.constantFrom("https://", "http://", "com.example.app://", "com.example.app:/"),
    hosts,
    fc.constantFrom("", ":8443", ":443"),
    fc.constantFrom("", "/", "/cb;sandbox?x='1',2"),
  )
  .map((parts) => parts.join(""));
