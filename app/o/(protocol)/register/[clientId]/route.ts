import {
  registrationMethodNotAllowed,
  registrationPreflight,
  registrationRoute,
} from "@/lib/http/machine/registration-route";
import { deleteClient } from "@/lib/services/registrations/delete-client";
import { readClient } from "@/lib/services/registrations/read-client";
import { updateClient } from "@/lib/services/registrations/update-client";

type Context = { params: Promise<{ clientId: string }> };

/** RFC 7592 §2.1. */
export const GET = registrationRoute<Context>(async ({ context, token }, { params }) => ({
  status: 200,
  body: await readClient(context, (await params).clientId, token),
}));

/** RFC 7592 §2.2. */
export const PUT = registrationRoute<Context>(async ({ context, token, readJson }, { params }) => ({
  status: 200,
  body: await updateClient(context, (await params).clientId, token, await readJson()),
}));

/** RFC 7592 §2.3. */
export const DELETE = registrationRoute<Context>(async ({ context, token }, { params }) => {
  await deleteClient(context, (await params).clientId, token);
  return { status: 204, body: null };
});

export const OPTIONS = registrationPreflight("GET", "PUT", "DELETE");

const notAllowed = registrationMethodNotAllowed("GET", "PUT", "DELETE");

export { notAllowed as HEAD, notAllowed as POST, notAllowed as PATCH };
