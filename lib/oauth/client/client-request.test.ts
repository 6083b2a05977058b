import { expect, test } from "vitest";
import { sendTokenRequest } from "../testing/flow";
import { buildContext } from "../testing/test-context";

test("RFC 6749 §5.2: during an outage a malformed request gets its error, whatever its origin", async () => {
  const context = buildContext();
  context.stores.clients.isAllowedOrigin = async () => {
    throw new Error("no connection");
  };
  const { status, headers } = await sendTokenRequest(context, {}, { query: "x=1", origin: "https://app.example" });
  expect(status).toBe(400);
  expect(headers).not.toHaveProperty("Access-Control-Allow-Origin");
});
