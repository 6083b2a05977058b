import { FetchError } from "./fetch-error";
import { exchangePublicly, type FetchOptions } from "./fetch-public";

/**
 * Posts a form to a URL chosen by someone else, with the protection of `exchangePublicly`. Only the status of the
 * answer matters. If there are too many calls it waits its turn.
 * @throws FetchError unless the status is a success
 */
export async function postPublicForm(
  url: string,
  fields: Readonly<Record<string, string>>,
  options: FetchOptions,
): Promise<void> {
  const body = new URLSearchParams(fields).toString();
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Content-Length": String(Buffer.byteLength(body)),
  };
  const status = await exchangePublicly(
    url,
    { cause: "delivery", ...options },
    { method: "POST", headers, body },
    ({ statusCode }) => statusCode,
  );
  if (status === undefined || status < 200 || status > 299) throw new FetchError(`status ${status}`);
}
