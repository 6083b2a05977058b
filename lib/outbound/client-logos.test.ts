import { beforeEach, expect, test } from "vitest";
import { LogoCache } from "./client-logos";

const png = Buffer.from("\x89PNG\r\n\x1a\n and so on", "latin1");
const uri = "https://app.example/logo.png";

/** The other side's answer. */
let answer: Buffer | Error;
let minutes: number;
let fetched: string[];
let failed: number;
let logos: LogoCache;

beforeEach(() => {
  answer = png;
  minutes = 0;
  fetched = [];
  failed = 0;
  logos = new LogoCache({
    now: () => minutes * 60_000,
    onFailure: () => {
      failed += 1;
    },
    fetchBytes: async (from) => {
      fetched.push(from);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
});

test("a logo is fetched once an hour, no matter how many requests want it at the same time", async () => {
  const found = await Promise.all(Array.from({ length: 20 }, () => logos.find(uri, [])));
  expect(found).toEqual(Array(20).fill({ mediaType: "image/png", bytes: png }));
  minutes = 59;
  await logos.find(uri, []);
  expect(fetched).toHaveLength(1);
  minutes = 60;
  await logos.find(uri, []);
  expect(fetched).toHaveLength(2);
});

test("one that is unavailable or isn't an image is tried again after five minutes", async () => {
  answer = new Error("status 404");
  expect(await logos.find(uri, [])).toBeNull();
  minutes = 4;
  expect(await logos.find(uri, [])).toBeNull();
  expect([fetched.length, failed]).toEqual([1, 1]);
  answer = Buffer.from("<svg onload='alert(1)'/>");
  minutes = 5;
  expect(await logos.find(uri, [])).toBeNull();
  expect([fetched.length, failed]).toEqual([2, 2]);
  answer = png;
  minutes = 10;
  expect((await logos.find(uri, []))?.mediaType).toBe("image/png");
});

test("fifty are kept, the most recently used ones", async () => {
  for (let index = 0; index < 50; index += 1) await logos.find(`${uri}?${index}`, []);
  await logos.find(`${uri}?0`, []);
  await logos.find(`${uri}?50`, []);
  fetched.length = 0;
  await logos.find(`${uri}?0`, []);
  expect(fetched).toEqual([]);
  await logos.find(`${uri}?1`, []);
  expect(fetched).toEqual([`${uri}?1`]);
});
