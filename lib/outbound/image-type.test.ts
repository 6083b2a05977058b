import { expect, test } from "vitest";
import { findImageType } from "./image-type";

const from = (text: string) => Buffer.from(text, "latin1");

test.each([
  ["image/png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"],
  ["image/jpeg", "\xff\xd8\xff\xe0\0\x10JFIF"],
  ["image/gif", "GIF89a\x01\0"],
  ["image/webp", "RIFF\n\0\0\0WEBPVP8 "],
])("%s is told by its first bytes", (mediaType, content) => {
  expect(findImageType(from(content))).toBe(mediaType);
});

test.each([
  "",
  "<svg xmlns='http://www.w3.org/2000/svg'/>",
  "<!doctype html>",
  "x\x89PNG\r\n\x1a\n",
  "RIFF\n\0\0\0WAVE",
])("%j is no picture", (content) => {
  expect(findImageType(from(content))).toBeNull();
});
