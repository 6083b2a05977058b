import { runCommand } from "../run-command";
import { UserError } from "../user-error";
import { withDatabase } from "./with-database";

const usage = `Usage: npm run rotatekeys [-- ALGORITHM...]

Publishes a new signing key for each of these algorithms, or for all in use. It signs as soon as every cached
copy of the published keys has expired; signatures of older keys stay valid. Running servers publish it within a minute,
without a restart; they also rotate their keys on schedule.`;

export const main = (args: string[]) =>
  runCommand(async () => {
    if (args.includes("--help")) {
      console.log(usage);
      return;
    }
    const { signingAlgorithms } = await import("@/lib/oauth/wire/algorithms");
    const unknown = args.filter((name) => !signingAlgorithms.some((algorithm) => algorithm === name));
    if (unknown.length > 0) {
      throw new UserError(
        `${unknown.join(", ")}: not an algorithm that this server signs with (${signingAlgorithms.join(", ")})\n\n${usage}`,
      );
    }
    const { added, algorithms, unused } = await withDatabase(async () => {
      const [{ systemContext }, { listRotatedAlgorithms }, { rotateSigningKeys }] = await Promise.all([
        import("@/lib/services/context"),
        import("@/lib/services/signing-keys/list-signing-keys"),
        import("@/lib/services/signing-keys/rotate-signing-keys"),
      ]);
      const used = await listRotatedAlgorithms(systemContext());
      const asked = args.length === 0 ? used : signingAlgorithms.filter((name) => args.includes(name));
      const algorithms = asked.filter((name) => used.includes(name));
      const unused = asked.filter((name) => !used.includes(name));
      return { added: await rotateSigningKeys(systemContext(), { algorithms }), algorithms, unused };
    });
    for (const algorithm of unused) {
      console.log(`${algorithm}  no application uses it, so it needs no key`);
    }
    for (const algorithm of algorithms) {
      const key = added.find((candidate) => candidate.algorithm === algorithm);
      console.log(
        key
          ? `${algorithm}  ${key.kid}  signs from ${key.signsFrom.toISOString()}`
          : `${algorithm}  already has a new key that does not sign yet`,
      );
    }
    if (added.length > 0) console.log("Running servers publish new keys within a minute.");
  });
