import type { Stage } from "./stages";

/** How a stage ended, for those that depend on it. */
export type Ending = "passed" | "failed";

/**
 * Runs stages in parallel: each as soon as what it needs has ended, enough cores are free and nothing else uses its
 * exclusive resource. If several could start, the order of the list decides.
 * @param room how many cores are available
 * @param run gets the name of a failed stage that this one needs, and then only reports it
 */
export async function runSideBySide(
  stages: readonly Stage[],
  room: number,
  run: (stage: Stage, blocker: string | undefined) => Promise<Ending>,
): Promise<void> {
  const endings = new Map<string, Ending>();
  const waiting = [...stages];
  const running = new Map<Stage, Promise<void>>();
  const isSelected = (name: string) => stages.some((stage) => stage.name === name);

  const mayStart = (stage: Stage) => {
    const first = [...stage.needs, ...(stage.after ?? [])].filter(isSelected);
    if (!first.every((name) => endings.has(name))) return false;
    const others = [...running.keys()];
    if (others.some(({ uses }) => uses !== undefined && uses === stage.uses)) return false;
    const taken = others.reduce((sum, { cores }) => sum + cores, 0);
    return others.length === 0 || taken + stage.cores <= room;
  };
  const start = async (stage: Stage) => {
    const blocker = stage.needs.find((name) => endings.get(name) === "failed");
    endings.set(stage.name, await run(stage, blocker));
    running.delete(stage);
  };

  while (waiting.length + running.size > 0) {
    const next = waiting.findIndex(mayStart);
    const [stage] = next < 0 ? [] : waiting.splice(next, 1);
    if (stage) running.set(stage, start(stage));
    else await Promise.race(running.values());
  }
}
