import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { AuditEvent } from "../../ports/audit-events";
import { buildAccessToken, buildCode, buildEvent, buildRequest } from "../builders";
import { type CurrentHarness, seedOwner, unconditionally } from "./harness";

/** PostgreSQL takes this character in no text (22021) and in no JSON (22P05). */
const text = "a\0b";

export function describeRefusedText(harness: CurrentHarness): void {
  test.each([{ state: text }, { scopes: ["read", text] }, { claims: { userinfo: { [text]: null } } }])(
    "a request with NUL in it is not stored: %j",
    async (values) => {
      const { requests } = harness().stores;
      const request = buildRequest((await seedOwner(harness())).client, values as Partial<typeof request>);
      await expect(requests.create(request)).rejects.toThrow();
      expect(await requests.find(request.idHash)).toBeNull();
    },
  );

  test("nor a code or token", async () => {
    const { codes, tokens } = harness().stores;
    const { applicationId, userId } = await seedOwner(harness());
    const code = buildCode({ applicationId, userId }, { nonce: text });
    await expect(codes.issue(code, unconditionally)).rejects.toThrow();
    expect(await codes.find(code.codeHash)).toBeNull();
    const token = buildAccessToken({ applicationId }, { scopes: [text] });
    await expect(tokens.issue(token)).rejects.toThrow();
    expect(await tokens.findAccessToken(token.tokenHash)).toBeNull();
  });

  test("nor an event, wherever it is", async () => {
    const reference = randomUUID();
    for (const details of [{ error: text }, { nested: [{ list: [text] }] }, { [text]: "name" }]) {
      const event = { ...buildEvent({ reference }), details } as unknown as AuditEvent;
      await expect(harness().stores.audit.record(event), JSON.stringify(details)).rejects.toThrow();
    }
    expect(await harness().readAuditEvents(reference)).toEqual([]);
  });

  test("nor can it be used in a lookup", async () => {
    const { clients, apis } = harness().stores;
    await expect(clients.find(text)).rejects.toThrow();
    await expect(clients.isAllowedOrigin(text)).rejects.toThrow();
    await expect(apis.find(["https://api.example", text])).rejects.toThrow();
  });
}
