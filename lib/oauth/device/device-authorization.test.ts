import { describe, expect, test } from "vitest";
import { addSeconds } from "../ports/context";
import { deviceCodeGrant } from "../ports/types";
import { epoch } from "../testing/defaults";
import { arrangeDevice, registerTv, sendDeviceRequest, startDevice } from "../testing/device-flow";
import { buildClientRequest } from "../testing/flow";
import { buildContext, registerApi, registerClient } from "../testing/test-context";
import { digest } from "../wire/digest";
import { answerDeviceAuthorizationRequest } from "./device-authorization";

describe("RFC 8628 §3.1, §3.2: the device authorization endpoint", () => {
  test("case 78: six keys in order, never cached", async () => {
    const context = buildContext();
    const { client } = registerTv(context);
    const response = await sendDeviceRequest(context, { client_id: client.clientId });
    expect(response).toMatchObject({ status: 200, headers: { "Cache-Control": "no-store", Pragma: "no-cache" } });
    expect(Object.entries(response.body)).toEqual([
      ["verification_uri", "https://id.example/o/device"],
      ["expires_in", 1800],
      ["user_code", expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)],
      ["device_code", expect.stringMatching(/^[A-Za-z0-9_-]{43}$/)],
      ["interval", 5],
      ["verification_uri_complete", `https://id.example/o/device?user_code=${response.body.user_code}`],
    ]);
  });

  test("only digests are stored; without scopes the default ones apply", async () => {
    const { context, client, deviceCode, userCode } = await arrangeDevice();
    expect(await context.stores.devices.find(deviceCode)).toBeNull();
    expect(await context.stores.devices.find(digest(deviceCode))).toMatchObject({
      userCodeHash: digest(userCode.replace("-", "")),
      applicationId: client.id,
      scopes: ["read", "write"],
      resources: [],
      expiresAt: addSeconds(epoch, 1800),
      pollingInterval: 5,
      decision: null,
    });
  });

  test("a confidential client authenticates as at the token endpoint", async () => {
    const context = buildContext();
    const { client, secret } = registerTv(context, { clientType: "confidential", secrets: [] });
    expect((await sendDeviceRequest(context, { client_id: client.clientId, client_secret: secret })).status).toBe(401);
    const other = registerClient(context, { grantTypes: [deviceCodeGrant] });
    const credentials = { client_id: other.client.clientId, client_secret: other.secret };
    expect((await sendDeviceRequest(context, credentials)).status).toBe(200);
    expect((await sendDeviceRequest(context, { client_id: other.client.clientId })).status).toBe(401);
  });

  test("a client without the grant gets unauthorized_client", async () => {
    const context = buildContext();
    const { client } = registerTv(context, { grantTypes: ["authorization_code", "refresh_token"] });
    const response = await sendDeviceRequest(context, { client_id: client.clientId });
    expect(response).toMatchObject({ status: 400, body: { error: "unauthorized_client" } });
  });

  test("attack 32: scopes that are unknown or not the client's are refused here", async () => {
    const context = buildContext();
    const { client } = registerTv(context, { allowedScopes: ["read"] });
    for (const scope of ["unknown", "write", "manage", "read write", '"']) {
      const response = await sendDeviceRequest(context, { client_id: client.clientId, scope });
      expect(response, scope).toMatchObject({ status: 400, body: { error: "invalid_scope" } });
    }
  });

  test("RFC 8707 §2: registered resources are stored, and checked with the scopes", async () => {
    const context = buildContext();
    const { client } = registerTv(context);
    const api = registerApi(context, { scopes: ["write"] });
    const { deviceCode } = await startDevice(context, client, { resource: api.identifier });
    expect(await context.stores.devices.find(digest(deviceCode))).toMatchObject({ resources: [api.identifier] });
    const request = { client_id: client.clientId, resource: api.identifier, scope: "read" };
    expect((await sendDeviceRequest(context, request)).body.error).toBe("invalid_scope");
    const unknown = { client_id: client.clientId, resource: "https://unknown.example" };
    expect((await sendDeviceRequest(context, unknown)).body.error).toBe("invalid_target");
  });

  test("repeated parameters, other media types and parameters in the URL are refused", async () => {
    const context = buildContext();
    const { client } = registerTv(context);
    const body = { client_id: client.clientId };
    expect((await sendDeviceRequest(context, { ...body, scope: ["read", "write"] })).body.error).toBe(
      "invalid_request",
    );
    for (const [values, status] of [
      [{ contentType: "application/json" }, 415],
      [{ contentType: null }, 415],
      [{ query: "scope=read" }, 400],
    ] as const) {
      const response = await answerDeviceAuthorizationRequest(context, buildClientRequest(body, values));
      expect(response).toMatchObject({ status, body: { error: "invalid_request" } });
    }
  });

  test("a taken user code is never issued twice", async () => {
    const context = buildContext();
    const { client } = registerTv(context);
    const { create } = context.stores.devices;
    let refused = 0;
    context.stores.devices.create = async (device) => (refused++ < 2 ? false : create(device));
    const { deviceCode } = await startDevice(context, client);
    expect(refused).toBe(3);
    expect(await context.stores.devices.find(digest(deviceCode))).not.toBeNull();
    context.stores.devices.create = async () => false;
    await expect(startDevice(context, client)).rejects.toThrow("No free user code");
  });
});
