import { z } from "zod";
import type { DeviceClaim } from "@/lib/oauth/device/device-verification";
import { formatUserCode, readUserCode } from "@/lib/oauth/device/user-code";
import type { Decision } from "@/lib/oauth/ports/types";
import { adviseToWait } from "../error-texts";
import { type Flash, readFlash, setFlash } from "../forms/flash";
import { devicePath } from "../paths";
import { errorPageResponse } from "./html-page";

const confirmPath = `${devicePath}/confirm`;

/** The confirmation page for the device, for the browser in which the claim was made. */
export function confirmationPath({ verification, userCode }: DeviceClaim): string {
  return `${confirmPath}?${new URLSearchParams({ verification, user_code: userCode })}`;
}

/** The claim as passed on by pages and forms; null if it is malformed. */
export function readDeviceClaim(read: (name: "verification" | "user_code") => string | undefined): DeviceClaim | null {
  const verification = read("verification") ?? "";
  const userCode = readUserCode(read("user_code") ?? "");
  if (userCode === null || !/^[A-Za-z0-9_-]{43}$/.test(verification)) return null;
  return { verification, userCode: formatUserCode(userCode) };
}

/**
 * What the last page shows. Only the user who has just answered should see it, so it comes from a cookie, not from the
 * address.
 */
const answerSchema = z.object({ application: z.string(), decision: z.enum(["approved", "denied"]) });

const answerFlash: Flash = { name: "device", path: devicePath, maxAge: 300 };

export async function setDeviceAnswer(application: string, decision: Decision): Promise<void> {
  await setFlash(answerFlash, { application, decision });
}

export async function readDeviceAnswer(): Promise<z.output<typeof answerSchema> | null> {
  const answer = answerSchema.safeParse(await readFlash(answerFlash));
  return answer.success ? answer.data : null;
}

/** `retryAfter` is in seconds. */
export function tooManyCodesPage(retryAfter: number): Promise<Response> {
  return errorPageResponse((t) => ({
    status: 429,
    title: t("codes.title"),
    explanation: t("codes.explanation"),
    advice: adviseToWait(t, retryAfter),
    headers: { "Retry-After": String(retryAfter) },
  }));
}
