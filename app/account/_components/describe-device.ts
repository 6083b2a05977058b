import type { Texts } from "@/lib/messages/texts";

/** Browsers by a part of the user agent that no other has; the first match counts. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\/|\bEdgiOS\//, "Edge"],
  [/\bOPR\/|\bOPT\//, "Opera"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bHeadlessChrome\/|\bChrome\/|\bChromium\/|\bCriOS\//, "Chrome"],
  [/\bVersion\/[\d.]+.* Safari\//, "Safari"],
  [/^curl\//, "curl"],
];

const systems = [
  [/\biPhone\b/, "iphone"],
  [/\biPad\b/, "ipad"],
  [/\bAndroid\b/, "android"],
  [/\bCrOS\b/, "chromeos"],
  [/\bWindows\b/, "windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "mac"],
  [/\bLinux\b|\bX11\b/, "linux"],
] as const;

/** "Firefox on Linux": the browser in plain words, if it can be recognized. */
export function describeDevice(userAgent: string | null, t: Texts<"account">): string {
  const find = <Name>(names: readonly (readonly [RegExp, Name])[]) =>
    names.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1];
  const [known, system] = [find(browsers), find(systems)];
  if (!known && !system) return t("devices.unknown");
  const browser = known ?? t("devices.browser");
  return system ? t(`devices.on.${system}`, { browser }) : browser;
}
