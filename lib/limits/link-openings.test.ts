import { expect, test } from "vitest";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import { countLinkOpening } from "./link-openings";

test("one network opens at most 600 links in ten minutes, and the others aren't kept waiting", () => {
  for (let count = 0; count < 600; count++) countLinkOpening("192.0.2.0");
  expect(() => countLinkOpening("192.0.2.0")).toThrow(TooManyRequestsError);
  countLinkOpening("198.51.100.0");
});
