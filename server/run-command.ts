import { describeFailure } from "./user-error";

/**
 * Runs a command to its end: problems that the operator can fix are printed in plain words, others with their trace.
 */
export async function runCommand(command: () => Promise<void>): Promise<never> {
  try {
    await command();
  } catch (error) {
    console.error(describeFailure(error));
    process.exit(1);
  }
  // Prisma's schema engine leaves a timer of ten seconds, which would keep the process running.
  process.exit();
}
