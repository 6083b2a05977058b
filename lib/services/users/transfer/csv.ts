/** RFC 4180. */

/** The records of a CSV text; null if a quotation mark is never closed. */
export function parseCsv(text: string, delimiter: string): string[][] | null {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    let value: string;
    if (text[at] === '"') {
      const end = findClosingQuote(text, at + 1);
      if (end === -1) return null;
      value = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      const end = findEnd(text, at, delimiter);
      value = text.slice(at, end);
      at = end;
    }
    record.push(value);
    if (text[at] === delimiter) {
      at++;
      if (at === text.length) record.push("");
      else continue;
    }
    at = skipLineEnd(text, at);
    records.push(record);
    record = [];
  }
  return records.filter((values) => values.some((value) => value !== ""));
}

function findClosingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}

function findEnd(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r") at++;
  return at;
}

/** What follows a quoted value on its line is ignored. */
function skipLineEnd(text: string, from: number): number {
  // First, as the search for a line feed may go through the whole file.
  if (text[from] === "\r") return text[from + 1] === "\n" ? from + 2 : from + 1;
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end + 1;
}

/** Spreadsheets of some countries separate by semicolons, others export tabs: what the first line has most of. */
export function findDelimiter(text: string): string {
  const [line = ""] = text.split(/[\r\n]/, 1);
  const count = (delimiter: string) => line.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/** Spreadsheets run what begins like this as a formula (OWASP, CSV injection); an apostrophe makes it text. */
const formula = /^[=+\-@\t\r]/;

export function toCsvRecord(values: readonly string[]): string {
  return `${values.map(toCsvValue).join(",")}\r\n`;
}

function toCsvValue(value: string): string {
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Takes back what `toCsvRecord` has put in front of a formula. */
export function fromCsvValue(value: string): string {
  return value.startsWith("'") && formula.test(value.slice(1)) ? value.slice(1) : value;
}
