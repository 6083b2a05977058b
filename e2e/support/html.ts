export interface HtmlForm {
  action: string;
  method: string;
  /** The named inputs with their values from the server. */
  fields: Record<string, string>;
}

/** The forms on a page that this project rendered. */
export function readForms(html: string): HtmlForm[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = "", content = ""]) => {
    const inputs = [...content.matchAll(/<input\b([^>]*)>/g)].map(([, text = ""]) => readAttributes(text));
    const { action = "", method = "get" } = readAttributes(attributes);
    return {
      action,
      method: method.toLowerCase(),
      fields: Object.fromEntries(
        inputs.flatMap(({ name, value = "" }) => (name === undefined ? [] : [[name, value] as const])),
      ),
    };
  });
}

/** What a user reads: no scripts, no markup. */
export function readText(html: string): string {
  const visible = html.replace(/<(script|style|head|template)\b.*?<\/\1>/gs, " ").replace(/<[^>]*>/g, " ");
  return decodeEntities(visible).replace(/\s+/g, " ").trim();
}

function readAttributes(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([a-zA-Z-]+)="([^"]*)"/g)];
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name.toLowerCase(), decodeEntities(value)]));
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal ? String.fromCodePoint(Number(decimal)) : (entities[name] ?? whole);
  });
}
