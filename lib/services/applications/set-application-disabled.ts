import "server-only";
import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import type { ServiceContext } from "../context";
import { ForbiddenError, NotFoundError } from "../errors";
import { parseInput } from "../parse";
import type { Sent, Wire } from "../wire";
import { applicationReference, whereApplication } from "./find-application";
import { disableApplications, enableApplications } from "./manage/disable-applications";

export const setApplicationDisabledWire = {
  input: z.object({ ...applicationReference.shape, disabled: z.boolean() }),
  output: null,
} satisfies Wire;

/**
 * Takes effect immediately: every use of a token, code or secret checks the application. Only an administrator can
 * enable what an administrator disabled; an administrator who disables an application that its owner has already
 * disabled takes it over.
 */
export async function setApplicationDisabled(
  context: ServiceContext,
  input: Sent<typeof setApplicationDisabledWire>,
): Promise<void> {
  whereApplication(context, input.id, "applications:write");
  const { id, disabled } = parseInput(setApplicationDisabledWire.input, input);
  const { refused } = await (disabled ? disableApplications : enableApplications)(context, { ids: [id] });
  switch (refused[0]?.reason) {
    case "not_found":
      throw new NotFoundError("application");
    case "disabled_by_administrator":
      throw new ForbiddenError(problem("consoleProblems.applications.disabled"));
    default:
  }
}
