import type { Namespace } from "@/lib/messages/catalog";

/** The files of messages that the form shows. */
export const formNamespaces = [
  "applicationForm",
  "applicationSettings",
  "fieldProblems",
  "consoleFieldProblems",
] as const satisfies Namespace[];
