/** How many minutes to wait, from seconds, rounded up so that nobody retries too early. */
export function toWaitingMinutes(seconds: number): number {
  return Math.ceil(seconds / 60);
}

/** "a minute", "3 minutes": how long to wait, from seconds. */
export function describeWait(seconds: number): string {
  const minutes = toWaitingMinutes(seconds);
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}
