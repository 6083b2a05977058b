import fc from "fast-check";
import { expect } from "vitest";
import { setApplicationDisabled } from "@/lib/services/applications/set-application-disabled";
import type { BrowserClient } from "../support/browser-client";
import { baseUrl, secondBaseUrl } from "../support/environment";
import { postForm } from "../support/http";
import type { Portal, TestApplication } from "../support/portal";
import {
  authorizationOf,
  credentialsOf,
  exchangeOf,
  getResource,
  parseJson,
  refreshOf,
  requestToken,
  type TokenAnswer,
} from "../support/token-client";
import { test } from "../support/vitest";

/**
 * Random interleavings, on two processes, of everything that creates and ends tokens (F3, with an oracle): the model
 * records what was acknowledged and checks the servers against it after each step.
 */

type Operation =
  | { kind: "authorize" }
  | { kind: "refresh" | "repeat" | "replay" | "revoke"; family: number }
  | { kind: "disable" | "enable" };

interface Family {
  /** Every acknowledged generation, the latest last. */
  generations: Pick<TokenAnswer, "accessToken" | "refreshToken">[];
  fate: "alive" | "dead" | "unknown";
}

const families = fc.nat({ max: 2 });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("authorize" as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constantFrom("refresh" as const, "repeat" as const), family: families }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom("replay" as const, "revoke" as const), family: families }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("disable" as const, "enable" as const) }) },
);
/** The operations of a step are sent at the same time, alternating between the servers. */
const steps = fc.array(fc.array(operation, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 6 });

class Model {
  readonly families: Family[] = [];
  isDisabled = false;

  constructor(
    readonly portal: Portal,
    readonly person: BrowserClient,
    readonly application: TestApplication,
  ) {}

  async run(operations: Operation[]): Promise<void> {
    const known = [...this.families];
    const at = (index: number) => known[index % Math.max(1, known.length)];
    const toggles = operations.some(({ kind }) => kind === "disable" || kind === "enable");
    const touched = new Map<Family, Operation["kind"][]>();
    for (const one of operations) {
      const family = "family" in one ? at(one.family) : undefined;
      if (family) touched.set(family, [...(touched.get(family) ?? []), one.kind]);
    }
    const before = new Map(known.map((family) => [family, [...family.generations]]));
    await Promise.all(
      operations.map((one, index) => {
        const base = index % 2 === 0 ? baseUrl : secondBaseUrl;
        const family = "family" in one ? at(one.family) : undefined;
        return this.perform(one, family, family && before.get(family), base);
      }),
    );
    this.isDisabled = await this.readDisabled();
    for (const [family, kinds] of touched) judge(family, before.get(family) ?? [], kinds, toggles || this.isDisabled);
  }

  private async perform(
    { kind }: Operation,
    family: Family | undefined,
    generations: Family["generations"] | undefined,
    base: string,
  ): Promise<void> {
    if (kind === "authorize") return this.authorize(base);
    if (kind === "disable" || kind === "enable") {
      return setApplicationDisabled(this.portal.context, { id: this.application.id, disabled: kind === "disable" });
    }
    if (!family || !generations) return;
    const age = { refresh: 1, revoke: 1, repeat: 2, replay: 3 }[kind];
    const presented = generations.at(-age);
    if (!presented) return;
    if (kind === "revoke") {
      const fields = { token: presented.refreshToken, ...credentialsOf(this.application) };
      const { status } = await postForm("/o/revoke_token/", fields, { base });
      if (status === 200) family.fate = "dead";
      return;
    }
    const answer = await requestToken(refreshOf(this.application, presented.refreshToken), { base });
    expect([200, 400, 401]).toContain(answer.status);
    if (answer.status !== 200) return;
    const isKnown = family.generations.some(({ accessToken }) => accessToken === answer.accessToken);
    // A repeated answer is one that was given before; a second generation is an error.
    if (kind !== "refresh") expect([kind, isKnown]).toEqual(["repeat", true]);
    if (!isKnown) family.generations.push(answer);
  }

  private async readDisabled(): Promise<boolean> {
    const { id } = this.application;
    const { disabledAt } = await this.portal.database.application.findUniqueOrThrow({ where: { id } });
    return disabledAt !== null;
  }

  private async authorize(base: string): Promise<void> {
    if (this.isDisabled) return;
    // Disabling at the same moment may refuse either step.
    const code = await this.person.obtainCode(authorizationOf(this.application)).catch(() => null);
    if (code === null) return;
    const answer = await requestToken(exchangeOf(this.application, code), { base });
    if (answer.status === 200) this.families.push({ generations: [answer], fate: "alive" });
  }

  /** Acknowledged is known, revoked is never active, and no family has more than one active leaf. */
  async check(): Promise<void> {
    for (const family of this.families) {
      const active = await Promise.all(family.generations.map(({ accessToken }) => this.isActive(accessToken)));
      if (family.fate === "unknown" && !this.isDisabled) family.fate = active.some(Boolean) ? "alive" : "dead";
      const latest = family.generations.length - 1;
      const expected = active.map((_, index) => family.fate === "alive" && !this.isDisabled && index === latest);
      if (family.fate !== "unknown") expect(active).toEqual(expected);
    }
    const leaves = await this.portal.database.refreshToken.groupBy({
      by: ["familyId"],
      where: { rotatedAt: null, family: { applicationId: this.application.id, revokedAt: null } },
      _count: true,
    });
    for (const { _count } of leaves) expect(_count).toBe(1);
  }

  /** The resource and, while the application may ask, introspection have to agree. */
  private async isActive(token: string): Promise<boolean> {
    const isAccepted = (await getResource(token, { base: secondBaseUrl })).status === 200;
    if (this.isDisabled) return isAccepted;
    const answer = await postForm("/o/introspect/", { token, ...credentialsOf(this.application) });
    expect([answer.status, parseJson(answer.text).active]).toEqual([200, isAccepted]);
    return isAccepted;
  }
}

/** What the operations of one step must have done to a family; if their order matters, the servers decide. */
function judge(family: Family, before: Family["generations"], kinds: Operation["kind"][], uncertain: boolean): void {
  if (family.fate === "dead") return;
  if (kinds.includes("replay") && before.length >= 3) family.fate = uncertain ? "unknown" : "dead";
  else if (kinds.includes("repeat") && before.length >= 2) family.fate = "unknown";
}

test("whatever is interleaved: acknowledged tokens are known, revoked ones never active, one active leaf per family", async ({
  portal,
  person,
}) => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const model = new Model(portal, person, await portal.createApplication());
      await model.run([{ kind: "authorize" }, { kind: "authorize" }]);
      await model.check();
      for (const operations of sequence) {
        await model.run(operations);
        await model.check();
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 180_000);
