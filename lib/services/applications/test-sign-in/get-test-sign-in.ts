import "server-only";
import { z } from "zod";
import type { ServiceContext } from "../../context";
import { instant, type Returned, type Sent, type Wire } from "../../wire";
import { findStoredTest, openTestReport, openTestRequest } from "./stored-test";
import { testReport } from "./test-report";

export const getTestSignInWire = {
  input: z.object({ id: z.string() }),
  output: z.strictObject({
    application: z.strictObject({ id: z.uuid(), name: z.string() }),
    /** The parameters of the authorization request. */
    sent: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    /** Whether an answer has arrived. */
    arrived: z.boolean(),
    /** Null: nothing has come yet, or the test was interrupted. */
    report: testReport.nullable(),
    expiresAt: instant,
  }),
} satisfies Wire;

/**
 * What a test has shown, for the user who has started it.
 * @throws NotFoundError for anyone else, and after its time
 */
export async function getTestSignIn(
  context: ServiceContext,
  { id }: Sent<typeof getTestSignInWire>,
): Promise<Returned<typeof getTestSignInWire>> {
  const row = await findStoredTest(context, id);
  return {
    application: row.application,
    sent: openTestRequest(row).parameters,
    arrived: row.consumedAt !== null,
    report: openTestReport(row),
    expiresAt: row.expiresAt,
  };
}
