import type { Namespace } from "@/lib/messages/catalog";

/** The files of messages that the form shows. */
export const formNamespaces = ["applicationForm", "applicationSettings"] as const satisfies Namespace[];
