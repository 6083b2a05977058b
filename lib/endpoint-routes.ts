import "server-only";
import { clientRoute } from "@/lib/http/machine/client-route";
import { endpointRoute, type Route } from "@/lib/http/machine/endpoint-route";
import { answerMetadataRequest } from "@/lib/http/machine/protected-resource-metadata";
import type { Handler } from "@/lib/http/machine/protocol-route";
import { ifRegistrationIsOffered, registrationRoute } from "@/lib/http/machine/registration-route";
import { answerKeySetRequest, answerServerMetadataRequest } from "@/lib/http/machine/server-metadata";
import { answerUserinfo } from "@/lib/http/machine/userinfo";
import { answerAuthorize } from "@/lib/http/pages/authorize";
import { checkSessionResponse } from "@/lib/http/pages/check-session";
import { withPagePolicy } from "@/lib/http/pages/frame-policy";
import { answerLogout } from "@/lib/http/pages/logout";
import { pageEndpoint } from "@/lib/http/pages/page-endpoint";
import { type Endpoint, type EndpointName, endpoints, type Method } from "@/lib/oauth/endpoints";
import { deleteClient } from "@/lib/services/registrations/delete-client";
import { readClient } from "@/lib/services/registrations/read-client";
import { registerClient } from "@/lib/services/registrations/register-client";
import { updateClient } from "@/lib/services/registrations/update-client";

/** A handler for each method that the table lists for an endpoint; HEAD is answered like GET. */
type Handlers = {
  readonly [Name in EndpointName]: Readonly<
    Record<Exclude<(typeof endpoints)[Name]["methods"][number], "HEAD">, Handler>
  >;
};

/** The handlers of the endpoints in the table (`lib/oauth/endpoints.ts`). */
const handlers: Handlers = {
  authorization: pageEndpoint(answerAuthorize, withPagePolicy),
  pushedAuthorization: { POST: clientRoute("pushedAuthorization") },
  deviceAuthorization: { POST: clientRoute("deviceAuthorization") },
  token: { POST: clientRoute("token") },
  revocation: { POST: clientRoute("revocation") },
  introspection: { POST: clientRoute("introspection") },
  userinfo: { GET: answerUserinfo, POST: answerUserinfo },
  endSession: pageEndpoint(answerLogout),
  checkSession: { GET: checkSessionResponse },
  registration: {
    POST: registrationRoute(async ({ context, token, readJson }) => ({
      status: 201,
      body: await registerClient(context, token, await readJson()),
    })),
  },
  clientConfiguration: {
    GET: registrationRoute(async ({ context, token, readClientId }) => ({
      status: 200,
      body: await readClient(context, readClientId(), token),
    })),
    PUT: registrationRoute(async ({ context, token, readClientId, readJson }) => ({
      status: 200,
      body: await updateClient(context, readClientId(), token, await readJson()),
    })),
    DELETE: registrationRoute(async ({ context, token, readClientId }) => {
      await deleteClient(context, readClientId(), token);
      return { status: 204, body: null };
    }),
  },
  keySet: { GET: answerKeySetRequest },
  serverMetadata: { GET: answerServerMetadataRequest },
  resourceMetadata: { GET: answerMetadataRequest },
};

/** An endpoint in the form that Next.js expects: `export const { GET, HEAD, … } = machineRoute("token")`. */
export function machineRoute(name: EndpointName): Route {
  const endpoint: Endpoint = endpoints[name];
  const route = endpointRoute(endpoint, handlers[name]);
  return endpoint.feature === "registration" ? wrap(route, ifRegistrationIsOffered) : route;
}

function wrap(route: Route, add: (handler: Handler) => Handler): Route {
  const wrapped = Object.entries(route).map(([method, handler]) => [method, add(handler)]);
  return Object.fromEntries(wrapped) as Record<Method, Handler>;
}

/** The endpoints that programs call: the front answers them without Next.js. */
export function machineEndpoints(): Partial<Record<EndpointName, Route>> {
  const names = (Object.keys(endpoints) as EndpointName[]).filter((name) => endpoints[name].caller !== "person");
  return Object.fromEntries(names.map((name) => [name, machineRoute(name)]));
}
