import { toCsvRecord } from "../../users/transfer/csv";
import type { ExportedApplication } from "./export-applications";

export type ApplicationFileFormat = "csv" | "json";

/** The columns of the file by name. None of their values has a space in an entry, so lists are separated by spaces. */
const columns: Readonly<Record<string, (application: ExportedApplication) => string | readonly string[] | null>> = {
  client_id: ({ clientId }) => clientId,
  name: ({ name }) => name,
  type: ({ kind }) => kind,
  client_type: ({ clientType }) => clientType,
  grant_types: ({ grantTypes }) => grantTypes,
  redirect_uris: ({ redirectUris }) => redirectUris,
  scopes: ({ allowedScopes }) => allowedScopes,
  owner: ({ owner }) => owner,
  status: ({ disabled }) => (disabled ? "disabled" : "active"),
  registration: ({ registrationSource }) => registrationSource,
  created_at: ({ createdAt }) => createdAt.toISOString(),
  last_token_at: ({ lastTokenAt }) => lastTokenAt?.toISOString() ?? null,
  users: ({ people: { value, exact } }) => (exact ? String(value) : `${value}+`),
};

/** The text of a file with applications, page by page. */
export async function* writeApplicationFile(
  pages: AsyncIterable<readonly ExportedApplication[]>,
  format: ApplicationFileFormat,
): AsyncGenerator<string> {
  const readers = Object.entries(columns);
  if (format === "csv") {
    yield toCsvRecord(Object.keys(columns));
    for await (const applications of pages) {
      yield applications.map((one) => toCsvRecord(readers.map(([, read]) => toCell(read(one))))).join("");
    }
    return;
  }
  let separator = "[\n";
  for await (const applications of pages) {
    for (const one of applications) {
      yield `${separator}${JSON.stringify(Object.fromEntries(readers.map(([name, read]) => [name, read(one)])))}`;
      separator = ",\n";
    }
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

function toCell(value: string | readonly string[] | null): string {
  if (value === null) return "";
  return typeof value === "string" ? value : value.join(" ");
}
