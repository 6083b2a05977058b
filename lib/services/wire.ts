import { z } from "zod";

/**
 * What a verb is sent and what it answers, in JSON: by shape alone, so that a description of an API can be made of it
 * (docs/adr/0057). The rules that no shape can say are a step after it, `normalized`.
 */
export interface Wire {
  /** Null: it takes no input. */
  input: z.ZodType | null;
  /** Null: it returns nothing. */
  output: z.ZodType | null;
}

/** A moment: RFC 3339 text in JSON, a `Date` before that. */
export const instant = z.iso.datetime().brand<"instant">();

type Instant = z.output<typeof instant>;

/** A value before it is written as JSON, which turns a `Date` into its text. */
type BeforeJson<Value> = Value extends Instant
  ? Date
  : Value extends string | number | boolean | null | undefined
    ? Value
    : { [Name in keyof Value]: BeforeJson<Value[Name]> };

/** What a schema of an answer describes, as pages have it. */
export type Described<Schema extends z.ZodType> = BeforeJson<z.output<Schema>>;

/** What a verb is sent. */
export type Sent<Verb extends Wire> = Verb["input"] extends z.ZodType ? z.input<Verb["input"]> : never;

/** What a verb returns. */
export type Returned<Verb extends Wire> = Verb["output"] extends z.ZodType ? Described<Verb["output"]> : never;
