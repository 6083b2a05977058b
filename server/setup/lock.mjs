import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isOwnerAlive, ownIdentity } from "./process-identity.mjs";

/**
 * A mutual exclusion between processes that a crash cannot leave locked, without a native module: Lamport's bakery
 * on files. Everyone holds an own file, named after its process; empty while its owner picks a number, then holding the
 * number. The lowest number of a living owner goes first. Nobody ever takes over another's file, so the race of
 * "I remove your stale lock just after somebody else took it" can't happen.
 */

/**
 * @param {string} directory
 * @returns {{ name: string, number: number | null }[]} tickets of living owners; number null: still choosing
 */
function readTickets(directory) {
  const tickets = [];
  for (const name of readdirSync(directory)) {
    const file = path.join(directory, name);
    if (!isOwnerAlive(name)) {
      rmSync(file, { force: true });
      continue;
    }
    try {
      const content = readFileSync(file, "utf8");
      tickets.push({ name, number: content.endsWith("\n") ? Number(content) : null });
    } catch {
      // Its owner left between the listing and the reading.
    }
  }
  return tickets;
}

/**
 * Runs `work` while no other process holds the lock kept in `directory`.
 * @template T
 * @param {string} directory created when missing; holds nothing else
 * @param {() => Promise<T>} work
 * @param {{ onWait?: () => void }} [options] onWait is called once when somebody else holds the lock for over a second
 * @returns {Promise<T>}
 */
export async function withLock(directory, work, { onWait } = {}) {
  mkdirSync(directory, { recursive: true });
  const ownName = `${ownIdentity()}-${randomBytes(4).toString("hex")}`;
  const ownFile = path.join(directory, ownName);
  writeFileSync(ownFile, "");
  try {
    const number = 1 + Math.max(0, ...readTickets(directory).map((ticket) => ticket.number ?? 0));
    writeFileSync(ownFile, `${number}\n`);
    const goesBeforeUs = (/** @type {{ name: string, number: number | null }} */ ticket) =>
      ticket.name !== ownName &&
      (ticket.number === null || ticket.number < number || (ticket.number === number && ticket.name < ownName));

    const startedAt = performance.now();
    let told = false;
    while (readTickets(directory).some(goesBeforeUs)) {
      if (!told && performance.now() - startedAt > 1000) {
        told = true;
        onWait?.();
      }
      await sleep(25);
    }
    return await work();
  } finally {
    rmSync(ownFile, { force: true });
  }
}
