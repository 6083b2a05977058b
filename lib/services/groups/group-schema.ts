import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { displayedLine, normalized, type Refuse, unique } from "../normalized";

/** What can be changed of a group. Applications know it by its name. */
export const groupInput = z.object({
  name: z.string({ error: problem("fieldProblems.name") }),
  description: z.string().default(""),
});

const steps = {
  name: displayedLine(100, problem("fieldProblems.name")),
  description: displayedLine(250, null),
};

export const newGroupSchema = normalized(groupInput, steps);

/** One group. */
export const groupReference = z.object({ id: z.string() });

export const groupChangeInput = z.object({ ...groupReference.shape, ...groupInput.shape });
export const groupChangeSchema = normalized(groupChangeInput, steps);

/** Names that differ only in case or in the form of their letters are the same. */
export function toGroupKey(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

/** How many members are added or removed at a time: each of them is in the event. */
export const mostMembers = 1000;

export const newMembersInput = z.object({
  ...groupReference.shape,
  /** Usernames or e-mail addresses. */
  users: z.array(z.string(), problem("consoleProblems.groups.users")),
});

export const newMembersSchema = normalized(newMembersInput, { users: readUsers });

function readUsers(sent: string[], refuse: Refuse): string[] {
  const typed = unique(sent.map((user) => user.trim()).filter((user) => user !== ""));
  if (typed.length === 0) refuse(problem("consoleProblems.groups.users"));
  if (typed.length > mostMembers) {
    refuse(problem("consoleProblems.groups.mostUsers", { maximum: mostMembers }));
    return [];
  }
  return typed;
}
