import { describeFailure } from "./user-error";

/** Runs a command to its end: what the person can mend is told in plain words, anything else with its trace. */
export async function runCommand(command: () => Promise<void>): Promise<never> {
  try {
    await command();
  } catch (error) {
    console.error(describeFailure(error));
    process.exit(1);
  }
  // Prisma's schema engine leaves a timer of ten seconds behind, for which the process would stay.
  process.exit();
}
