const second = 1000;
const firstPause = 10 * second;
const longestPause = 300 * second;

/** Milliseconds before a server that has failed this many times in a row is called again. */
export function pauseAfter(failures: number): number {
  return Math.min(firstPause * 2 ** (failures - 1), longestPause);
}
