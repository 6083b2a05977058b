const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A new client secret like those from the server: 128 characters of `[A-Za-z0-9]`, each equally likely. */
export function generateSecret(): string {
  let secret = "";
  while (secret.length < 128) {
    for (const byte of crypto.getRandomValues(new Uint8Array(128))) {
      // 248 is the largest multiple of 62 in a byte: higher values would favor the first letters.
      if (byte < 248 && secret.length < 128) secret += alphanumeric[byte % 62];
    }
  }
  return secret;
}
