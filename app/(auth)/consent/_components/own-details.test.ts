import { expect, test } from "vitest";
import { textsOf } from "@/lib/messages/texts";
import { describeOwnDetails } from "./own-details";

const t = textsOf("consent", "en");

test("users read which of their values an application would see", () => {
  const claims = {
    given_name: "Zoë",
    family_name: "Example",
    email: "zoe@example.com",
    phone_number: "+442079460018",
    address: { formatted: "1 Main Street\nLondon" },
  };
  expect(describeOwnDetails("zoe", claims, t)).toEqual({
    profile: "Zoë Example, zoe",
    email: "zoe@example.com",
    phone: "+442079460018",
    address: "1 Main Street, London",
  });
});

test("missing values are described as missing, and none are invented", () => {
  expect(describeOwnDetails("zoe", { name: "Zoë", email: "zoe@example.com" }, t)).toEqual({
    profile: "Zoë, zoe",
    email: "zoe@example.com",
    phone: "You haven’t set a phone number.",
    address: "You haven’t set an address.",
  });
  expect(describeOwnDetails("zoe", {}, t).profile).toBe("zoe");
});
