import {
  registrationMethodNotAllowed,
  registrationPreflight,
  registrationRoute,
} from "@/lib/http/machine/registration-route";
import { registerClient } from "@/lib/services/registrations/register-client";

/** RFC 7591 §3. */
export const POST = registrationRoute(async ({ context, token, readJson }) => ({
  status: 201,
  body: await registerClient(context, token, await readJson()),
}));

export const OPTIONS = registrationPreflight("POST");

const notAllowed = registrationMethodNotAllowed("POST");

export { notAllowed as GET, notAllowed as HEAD, notAllowed as PUT, notAllowed as PATCH, notAllowed as DELETE };
