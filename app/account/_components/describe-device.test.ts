import { expect, test } from "vitest";
import { textsOf } from "@/lib/messages/texts";
import { describeDevice } from "./describe-device";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/146.0.0.0 Safari/537.36`, "Chrome on Windows"],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/146.0.0.0 Safari/537.36 Edg/146.0`, "Edge on Windows"],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
    "Safari on a Mac",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/146.0 Mobile/15E148 Safari/604.1",
    "Chrome on an iPhone",
  ],
  [`Mozilla/5.0 (Linux; Android 16; Pixel 10) ${webkit} Chrome/146.0.0.0 Mobile Safari/537.36`, "Chrome on Android"],
  [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/146.0.0.0 Safari/537.36`, "Chrome on Linux"],
  ["curl/8.14.1", "curl"],
  ["Mozilla/5.0 (Windows NT 10.0)", "A browser on Windows"],
  ["something else", "Unknown device"],
  [null, "Unknown device"],
])("%s", (userAgent, words) => {
  expect(describeDevice(userAgent, textsOf("account", "en"))).toBe(words);
});
