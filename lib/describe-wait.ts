/** "a minute", "3 minutes": how long to wait, from seconds, rounded up so that nobody retries too early. */
export function describeWait(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}
