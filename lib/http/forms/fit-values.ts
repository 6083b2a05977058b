import { mostPackedBytes } from "./flash";
import { packContent } from "./flash-content";

/** In characters: more than any field of ours takes. What is cut could not have been saved. */
const longestValue = 20_000;

type Problems = Readonly<Record<string, readonly string[]>>;

/**
 * The values of a form as they fit into its flash with their problems. What people write fits whole, the longest field
 * of all too. Of what doesn't, the longest value is cut; one with a problem is the last to be.
 */
export function fitValues(values: Readonly<Record<string, string>>, problems: Problems): Record<string, string> {
  const kept = new Map(Object.entries(values).map(([name, value]) => [name, value.slice(0, longestValue)]));
  const weigh = ([name, value]: [string, string]) => value.length / (name in problems ? 4 : 1);
  while (packContent([Object.fromEntries(kept), problems]).length > mostPackedBytes) {
    const [longest] = [...kept].sort((one, other) => weigh(other) - weigh(one));
    if (!longest || longest[1] === "") break;
    const [name, value] = longest;
    kept.set(name, value.slice(0, Math.floor(value.length * 0.9)));
  }
  return Object.fromEntries(kept);
}
