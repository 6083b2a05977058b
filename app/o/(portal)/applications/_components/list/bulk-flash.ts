import { z } from "zod";
import { type Flash, readFlash, setFlash } from "@/lib/http/forms/flash";

/** What became of the applications that were selected in the list, in numbers. */
const bulkFlashSchema = z.object({
  action: z.enum(["enable", "disable"]),
  changed: z.number(),
  unchanged: z.number(),
  /** How many were refused, by reason. */
  refused: z.partialRecord(z.enum(["not_found", "disabled_by_administrator"]), z.number()),
});

export type BulkFlash = z.output<typeof bulkFlashSchema>;

const flash: Flash = { name: "bulk", path: "/o/applications", maxAge: 60 };

export async function setBulkFlash(value: BulkFlash): Promise<void> {
  await setFlash(flash, value);
}

export async function readBulkFlash(): Promise<BulkFlash | null> {
  return bulkFlashSchema.safeParse(await readFlash(flash)).data ?? null;
}
