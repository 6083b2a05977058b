export const signingKeysPath = "/o/signing-keys/";
