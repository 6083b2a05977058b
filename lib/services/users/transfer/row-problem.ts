import { z } from "zod";
import { toStorable } from "@/lib/storable-text";
import { describedProblem, toDescribedProblem } from "../../described-problem";

/** What is wrong with a member of a row. */
export const rowProblem = z.strictObject({ field: z.string(), ...describedProblem.shape });

export type RowProblem = z.output<typeof rowProblem>;

/** `message` is a problem by its code. */
export function toRowProblem(field: string, message: string): RowProblem {
  return { field: toStorable(field), ...toDescribedProblem(message) };
}
