import { readdirSync } from "node:fs";
import { getPriority } from "node:os";
import bcryptjs from "bcryptjs";
import { afterAll, describe, expect, test } from "vitest";
import { closePasswordPool, hashPassword, isHashOutdated, verifyPassword } from "./password";

afterAll(closePasswordPool);

describe("passwords at rest (docs/adr/0005)", () => {
  test("hashing yields to everything else: on Linux its threads have a lower priority than all others", async () => {
    await hashPassword("correct horse battery");
    if (process.platform !== "linux") return;
    const priorities = readdirSync("/proc/self/task").map((thread) => getPriority(Number(thread)));
    expect(priorities).toContain(Math.min(getPriority() + 10, 19));
  });

  test("the right password matches, another doesn't, and the hash is bcrypt's", async () => {
    const hash = await hashPassword("correct horse battery");
    expect(hash).toEqual({ scheme: "bcrypt-sha384", hash: expect.stringMatching(/^\$2b\$10\$/) });
    expect(await verifyPassword("correct horse battery", hash)).toBe(true);
    expect(await verifyPassword("Correct horse battery", hash)).toBe(false);
    expect(await verifyPassword("correct horse battery ", hash)).toBe(false);
  });

  test("nothing is cut off at bcrypt's 72 bytes", async () => {
    const long = "x".repeat(100);
    const hash = await hashPassword(long);
    expect(await verifyPassword(long, hash)).toBe(true);
    expect(await verifyPassword(`${"x".repeat(99)}y`, hash)).toBe(false);
  });

  test("nothing is cut off at a NUL", async () => {
    const hash = await hashPassword("before\u0000after");
    expect(await verifyPassword("before\u0000other", hash)).toBe(false);
    expect(await verifyPassword("before\u0000after", hash)).toBe(true);
  });

  test("composed and decomposed letters are the same", async () => {
    const hash = await hashPassword("caf\u00e9 caf\u00e9 caf\u00e9");
    expect(await verifyPassword("cafe\u0301 cafe\u0301 cafe\u0301", hash)).toBe(true);
  });

  test("a bcrypt hash from other software matches, and counts as outdated", async () => {
    const brought = { scheme: "bcrypt", hash: bcryptjs.hashSync("caf\u00e9 au lait", 10) };
    expect(await verifyPassword("cafe\u0301 au lait", brought)).toBe(true);
    expect(await verifyPassword("cafe au lait", brought)).toBe(false);
    expect(await verifyPassword("caf\u00e9 au lait", { ...brought, scheme: "bcrypt-sha384" })).toBe(false);
    expect(isHashOutdated(brought)).toBe(true);
    expect(isHashOutdated(await hashPassword("caf\u00e9 au lait"))).toBe(false);
  });

  test("an unknown scheme matches nothing", async () => {
    const { hash } = await hashPassword("correct horse battery");
    expect(await verifyPassword("correct horse battery", { scheme: "of tomorrow", hash })).toBe(false);
  });

  test("without a hash nothing matches, not even the decoy's own password", async () => {
    expect(await verifyPassword("no account has this password", null)).toBe(false);
  });

  test("hashing doesn't block the event loop", async () => {
    const hashing = hashPassword("correct horse battery");
    let turns = 0;
    let done = false;
    const finished = hashing.then(() => {
      done = true;
    });
    while (!done) {
      turns++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await finished;
    expect(turns).toBeGreaterThan(10);
  });
});
