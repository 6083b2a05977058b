import { expect, test, vi } from "vitest";
import { buildClient } from "../testing/builders";
import { type FindOrCreatePairwise, listLogoutSubjects } from "./logout-notices";
import { toSid } from "./session-id";

const user = { id: "user", subject: "imported-7" };
const plain = buildClient({ id: "plain" });
const pairwise = buildClient({ id: "shop", subjectType: "pairwise", redirectUris: ["https://shop.example/cb"] });

test("OpenID Connect Back-Channel Logout §2.4: each client gets the sub and the sid that it knows", async () => {
  const findOrCreate: FindOrCreatePairwise = async (pairs) =>
    pairs.map((pair) => ({ ...pair, subject: "of the shop" }));
  const participants = [plain, pairwise].map((client) => ({ sessionId: "session", user, client }));
  expect(await listLogoutSubjects(participants, findOrCreate)).toEqual([
    { applicationId: "plain", subject: "imported-7", sid: toSid("session", "plain") },
    { applicationId: "shop", subject: "of the shop", sid: toSid("session", "shop") },
  ]);
});

test("pairwise subjects are looked up together, and only if there are any", async () => {
  const findOrCreate = vi.fn<FindOrCreatePairwise>(async (pairs) => pairs.map((pair) => ({ ...pair, subject: "it" })));
  await listLogoutSubjects([{ sessionId: "session", user, client: plain }], findOrCreate);
  expect(findOrCreate).not.toHaveBeenCalled();

  const participants = ["one", "two"].map((id) => ({ sessionId: "session", user: { ...user, id }, client: pairwise }));
  await listLogoutSubjects(participants, findOrCreate);
  expect(findOrCreate.mock.calls).toEqual([
    [
      [
        { userId: "one", sector: "shop.example" },
        { userId: "two", sector: "shop.example" },
      ],
    ],
  ]);
});

test("a missing subject is an error, not another user's", async () => {
  const participants = [{ sessionId: "session", user, client: pairwise }];
  await expect(listLogoutSubjects(participants, async () => [])).rejects.toThrow("pairwise");
});
