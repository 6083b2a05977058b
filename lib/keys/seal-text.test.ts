import { expect, test } from "vitest";
import { openSealedText, sealText } from "./seal-text";

test("only the same purpose and the same row open a sealed text", () => {
  const sealed = sealText("hunter2 ünïcode", "settings", "SMTP_PASSWORD");
  expect(sealed).not.toContain("hunter2");
  expect(sealText("hunter2 ünïcode", "settings", "SMTP_PASSWORD")).not.toBe(sealed);
  expect(openSealedText(sealed, "settings", "SMTP_PASSWORD")).toBe("hunter2 ünïcode");
  expect(openSealedText(sealed, "settings", "SMTP_USER")).toBeNull();
  expect(openSealedText(sealed, "messages", "SMTP_PASSWORD")).toBeNull();
});

test("a changed or shortened text doesn't open", () => {
  const sealed = sealText("secret", "messages", "1");
  const bytes = Buffer.from(sealed, "base64url");
  bytes[14] = (bytes[14] ?? 0) ^ 1;
  expect(openSealedText(bytes.toString("base64url"), "messages", "1")).toBeNull();
  expect(openSealedText(sealed.slice(0, 20), "messages", "1")).toBeNull();
  expect(openSealedText("", "messages", "1")).toBeNull();
});
