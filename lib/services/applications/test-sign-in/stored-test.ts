import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { openSealedText, sealText } from "@/lib/keys/seal-text";
import { digest } from "@/lib/oauth/wire/digest";
import { requireUser, type ServiceContext } from "../../context";
import { NotFoundError } from "../../errors";
import { whereApplication } from "../find-application";
import { type TestReport, type TestRequest, testReport, testRequest } from "./test-report";

const purpose = "test-sign-ins";

/** Seconds: for the sign-in and, from the same moment on, for reading what it has shown. */
export const testLifetime = 600;

/** The redirect URI of a test. */
export function toTestCallback({ settings }: ServiceContext, id: string): string {
  return `${settings.publicUrl}/o/applications/test-sign-in/${id}`;
}

/**
 * The row of a test, for the user who has started it, while it lasts and while they may still change its application.
 * @throws NotFoundError
 */
export async function findStoredTest(context: ServiceContext, id: string) {
  const userId = requireUser(context);
  const row = await getPrisma().testSignIn.findUnique({ where: { uriHash: digest(toTestCallback(context, id)) } });
  if (row?.userId !== userId || row.expiresAt <= context.now()) throw new NotFoundError("testSignIn");
  const where = whereApplication(context, row.applicationId, "applications:write");
  const application = await getPrisma().application.findFirst({ where, select: { id: true, name: true } });
  if (!application) throw new NotFoundError("testSignIn");
  return { ...row, application };
}

export function sealTestRequest(request: TestRequest, uriHash: string): string {
  return sealText(JSON.stringify(request), purpose, `request ${uriHash}`);
}

/** @throws NotFoundError if AUTH_SECRET has changed since */
export function openTestRequest({ sealedRequest, uriHash }: { sealedRequest: string; uriHash: string }): TestRequest {
  const text = openSealedText(sealedRequest, purpose, `request ${uriHash}`);
  if (text === null) throw new NotFoundError("testSignIn");
  return testRequest.parse(JSON.parse(text));
}

export function sealTestReport(report: TestReport, uriHash: string): string {
  return sealText(JSON.stringify(report), purpose, `report ${uriHash}`);
}

/** Null if there is none yet. */
export function openTestReport(row: { sealedReport: string | null; uriHash: string }): TestReport | null {
  const text = row.sealedReport && openSealedText(row.sealedReport, purpose, `report ${row.uriHash}`);
  return text ? testReport.parse(JSON.parse(text)) : null;
}
