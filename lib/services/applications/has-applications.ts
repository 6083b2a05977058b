import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requireUser, type ServiceContext } from "../context";
import type { Returned, Wire } from "../wire";
import { mayRegister } from "./register-application";

export const hasApplicationsWire = { input: null, output: z.boolean() } satisfies Wire;

/** Whether the page of one's own applications is of any use: there are some, or one may register some. */
export async function hasApplications(context: ServiceContext): Promise<Returned<typeof hasApplicationsWire>> {
  const ownerId = requireUser(context);
  if (context.actor && mayRegister(context.actor, context.settings)) return true;
  return (await getPrisma().application.findFirst({ where: { ownerId }, select: { id: true } })) !== null;
}
