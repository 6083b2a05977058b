import { describe, expect, test } from "vitest";
import { systemContext } from "../../context";
import { checkFetchedAddresses } from "./check-fetched-addresses";

const context = systemContext();
const inside = "https://169.254.169.254/latest/meta-data/";

describe("addresses that the server calls (attack 44)", () => {
  test.each([
    [{ jwksUri: inside }, "jwksUri"],
    [{ sectorIdentifierUri: "https://localhost/sector.json" }, "sectorIdentifierUri"],
    [{ backchannelLogoutUri: "https://10.0.0.1/logout" }, "backchannelLogoutUri"],
    [{ backchannelLogoutUri: "http://app.example/logout" }, "backchannelLogoutUri"],
    [{ requestUris: ["https://app.example/request.jwt", `${inside}#1`] }, "requestUris"],
  ])("%j is refused", (addresses, field) => {
    expect(() => checkFetchedAddresses(context, addresses)).toThrow(
      expect.objectContaining({ fieldErrors: { [field]: [expect.any(String)] } }),
    );
  });

  test("public https addresses are accepted, those of request objects with a fragment", () => {
    const uri = "https://app.example/x";
    const addresses = { jwksUri: uri, sectorIdentifierUri: uri, backchannelLogoutUri: uri, requestUris: [`${uri}#v2`] };
    expect(() => checkFetchedAddresses(context, addresses)).not.toThrow();
    expect(() => checkFetchedAddresses(context, { jwksUri: null, backchannelLogoutUri: null })).not.toThrow();
  });
});
