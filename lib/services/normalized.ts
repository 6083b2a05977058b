import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { hasHiddenControl, isVisible } from "@/lib/oauth/wire/displayed-text";

/** Reports what is wrong with a value. The rest of the input is still checked. */
export type Refuse = (problem: string) => void;

/** Turns what was sent, once its shape is right, into the one spelling that is stored. */
type Step<Sent, Kept> = (sent: Sent, refuse: Refuse) => Kept;

/** A value of this shape, followed by its step. */
export function readBy<Schema extends z.ZodType, Kept>(
  sent: Schema,
  step: Step<z.output<Schema>, Kept>,
): z.ZodType<Kept, z.input<Schema>> {
  return sent.transform((value, { issues }) =>
    step(value, (message) => issues.push({ code: "custom", message, input: value, continue: true })),
  );
}

type Steps<Sent> = { readonly [Name in keyof Sent]?: Step<Sent[Name], unknown> };

type Kept<Sent, Taken> = {
  [Name in keyof Sent]: Name extends keyof Taken
    ? Taken[Name] extends Step<never, infer Value>
      ? Value
      : Sent[Name]
    : Sent[Name];
};

/** An input of this shape, followed by the steps of the members that have one. */
export function normalized<Shape extends z.ZodRawShape, const Taken extends Steps<z.output<z.ZodObject<Shape>>>>(
  input: z.ZodObject<Shape>,
  steps: Taken,
): z.ZodType<Kept<z.output<z.ZodObject<Shape>>, Taken>, z.input<z.ZodObject<Shape>>> {
  const taken = steps as Readonly<Record<string, Step<unknown, unknown> | undefined>>;
  const shape = Object.entries(input.shape) as [string, z.ZodType][];
  const members = shape.map(([name, sent]) => {
    const step = taken[name];
    return [name, step ? readBy(sent, step) : sent] as const;
  });
  return z.object(Object.fromEntries(members)) as unknown as ReturnType<typeof normalized<Shape, Taken>>;
}

/** A line that people read, trimmed. `missing` is the message if nothing is visible; null: it is stored as "". */
export function displayedLine(maximum: number, missing: string | null): Step<string, string> {
  return (sent, refuse) => {
    const line = sent.trim();
    if (missing !== null && !isVisible(line)) refuse(missing);
    if (line.length > maximum) refuse(problem("fieldProblems.long", { maximum }));
    if (hasHiddenControl(line)) refuse(problem("fieldProblems.hidden"));
    return isVisible(line) ? line : "";
  };
}

/** Each value once. */
export function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}

/** The step of a member that may be absent. */
export function ifSent<Sent, Kept>(step: Step<Sent, Kept>): Step<Sent | undefined, Kept | undefined> {
  return (sent, refuse) => (sent === undefined ? undefined : step(sent, refuse));
}

/** Without the members that weren't sent. */
export function dropAbsent<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof dropAbsent<Fields>
  >;
}
