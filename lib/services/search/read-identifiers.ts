/** Enough for a line of a log; nobody pastes more to find one thing. */
const mostIdentifiers = 40;
const longestIdentifier = 255;

/** What separates a value from its surroundings in logs, addresses, JSON and configuration files. */
const separators = /[\s"'`“”„«»,;&?#<>()[\]{}|\\]+/;

/**
 * The values in a text that may be identifiers: the text itself, and its parts, if a line of a log, an address or a
 * configuration file was pasted.
 */
export function readIdentifiers(text: string): string[] {
  const parts = text.split(separators).flatMap((part) => [part, ...splitPair(part)]);
  const candidates = [text.trim(), ...parts, ...parts.map(decode), ...parts.map((part) => part.replace(/[.:]+$/, ""))];
  const fitting = candidates.filter((part) => part !== "" && part.length <= longestIdentifier);
  return [...new Set(fitting)].slice(0, mostIdentifiers);
}

/** `client_id=X`, `client_id: X` and `client_id/X`. */
function splitPair(part: string): string[] {
  return [/^[^=]*=(.*)$/.exec(part)?.[1], /^[^:]*:(.*)$/.exec(part)?.[1]].flatMap((value) => value ?? []);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
