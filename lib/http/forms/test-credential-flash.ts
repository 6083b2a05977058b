import { z } from "zod";
import { testSignInPath } from "../paths";
import { clearFlash, type Flash, readFlash, setFlash } from "./flash";

/**
 * A client secret, or an assertion, on its way to the callback of a test sign-in: only in an encrypted cookie of this
 * browser, which only the callback is sent, and not longer than the test lasts (docs/adr/0067).
 */
const credentialSchema = z.string();

export async function setTestCredential(testId: string, credential: string): Promise<void> {
  await setFlash(flashOf(testId), credential);
}

/** Empty if there is none. */
export async function takeTestCredential(testId: string): Promise<string> {
  const { data } = credentialSchema.safeParse(await readFlash(flashOf(testId)));
  if (data !== undefined) await clearFlash(flashOf(testId));
  return data ?? "";
}

/** A test may sign its user in again, which is another session. */
function flashOf(testId: string): Flash {
  return { name: "test-credential", path: testSignInPath(testId), maxAge: 600, outlivesSession: true };
}
