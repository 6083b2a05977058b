import { streamText } from "./stream-text";

type FileFormat = "csv" | "json";

const types: Readonly<Record<FileFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  json: "application/json",
};

/** The `format` of the query: CSV unless it is JSON. */
export function readFormat(request: Request): FileFormat {
  return new URL(request.url).searchParams.get("format") === "json" ? "json" : "csv";
}

/** A file for downloading, which is sent while it is written. */
export function sendFile(name: string, format: FileFormat, parts: AsyncGenerator<string>): Response {
  return new Response(streamText(parts), {
    headers: {
      "Content-Type": types[format],
      "Content-Disposition": `attachment; filename="${name}.${format}"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** The first page, read before the answer began, and the rest. */
export async function* follow<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  if (!first.done) yield first.value;
  yield* rest;
}
