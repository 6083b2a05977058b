import { expect } from "vitest";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { deleteAttribute } from "@/lib/services/attributes/delete-attribute";
import { addAttribute, setValue } from "../support/attributes";
import { authorizePath } from "../support/browser-client";
import { readText } from "../support/html";
import { RelyingParty, readUserinfo } from "../support/openid";
import { test } from "../support/vitest";

/** OpenID Connect Core §5.1.2: claims of this server's own, from attributes of users. */

const types = ["text", "number", "boolean", "list"] as const;

test("an attribute's claim comes with its scope alone, as its type, until it is deleted", async ({ portal }) => {
  const scope = await portal.createScope({ description: "See where you work" });
  const unique = randomAlphanumeric(8);
  const [text, number, flag, list] = await Promise.all(
    types.map((type) =>
      addAttribute(portal, { name: `${type} ${unique}`, type, claimName: `${type}_${unique}`, scopeName: scope }),
    ),
  );
  if (!text || !number || !flag || !list) throw new Error("An attribute is missing.");
  const rp = await RelyingParty.create(portal, "query", { claimsInIdToken: true });
  await setValue(portal, rp.user, text, "Oslo");
  await setValue(portal, rp.user, number, 12.5);
  await setValue(portal, rp.user, flag, false);
  await setValue(portal, rp.user, list, ["Norsk", "English"]);

  const without = await rp.signIn();
  expect(await readUserinfo(without.accessToken)).toEqual({ sub: rp.user.id });
  expect(Object.keys(without.claims).filter((claim) => claim.endsWith(unique))).toEqual([]);

  const asking = await rp.browser.get(authorizePath(rp.request({ scope: `openid ${scope}` })));
  expect(readText((await rp.browser.get(asking.headers.location ?? "")).text)).toContain("See where you work");
  const { accessToken, claims } = await rp.signIn({ scope: `openid ${scope}` });
  const expected = {
    [`text_${unique}`]: "Oslo",
    [`number_${unique}`]: 12.5,
    [`boolean_${unique}`]: false,
    [`list_${unique}`]: ["Norsk", "English"],
  };
  expect(await readUserinfo(accessToken)).toEqual({ sub: rp.user.id, ...expected });
  expect(claims).toMatchObject(expected);

  await setValue(portal, rp.user, text, "Bergen");
  await setValue(portal, rp.user, number, null);
  const changed = await readUserinfo(accessToken);
  expect(changed).toMatchObject({ [`text_${unique}`]: "Bergen" });
  expect(changed).not.toHaveProperty([`number_${unique}`]);
  await deleteAttribute(portal.context, { id: text.id });
  expect(await readUserinfo(accessToken)).not.toHaveProperty([`text_${unique}`]);
});
