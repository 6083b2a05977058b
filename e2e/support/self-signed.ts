import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

const ecdsaWithSha256 = sequence(objectId("2a8648ce3d040302"));
const day = 86_400_000;

/**
 * A key and a self-signed certificate for 127.0.0.1 (RFC 5280 §4.1), valid for a day. Created here because Node.js can
 * only read certificates.
 */
export function createSelfSigned(): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(set(sequence(objectId("550403"), element(0x0c, Buffer.from("127.0.0.1")))));
  const now = Date.now();
  const body = sequence(
    element(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    sequence(utcTime(new Date(now - day)), utcTime(new Date(now + day))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    element(
      0xa3,
      sequence(
        // basicConstraints: an authority. subjectAltName: the address.
        extension("551d13", sequence(element(0x01, Buffer.from([0xff])))),
        extension("551d11", sequence(element(0x87, Buffer.from([127, 0, 0, 1])))),
      ),
    ),
  );
  const signature = element(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", body, privateKey)]));
  const der = sequence(body, ecdsaWithSha256, signature);
  const cert = `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`;
  return { key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), cert };
}

/** X.690 §8.1: tag, length, content. */
function element(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const size = content.length;
  const octets = size < 256 ? [size] : [size >> 8, size & 0xff];
  const length = size < 128 ? octets : [0x80 + octets.length, ...octets];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function sequence(...contents: Buffer[]): Buffer {
  return element(0x30, ...contents);
}

function set(...contents: Buffer[]): Buffer {
  return element(0x31, ...contents);
}

function integer(content: Buffer): Buffer {
  return element(0x02, content);
}

function objectId(hex: string): Buffer {
  return element(0x06, Buffer.from(hex, "hex"));
}

function utcTime(at: Date): Buffer {
  return element(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`));
}

function extension(id: string, content: Buffer): Buffer {
  return sequence(objectId(id), element(0x04, content));
}
