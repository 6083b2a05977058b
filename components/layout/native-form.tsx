import type { ComponentProps } from "react";

export type NativeFormProps = Omit<ComponentProps<"form">, "method" | "action"> & {
  /** Path of the route handler. A string: a server action would not be a native post. */
  action: string;
  csrf: string;
  /** Additional hidden fields, by name. */
  fields?: Readonly<Record<string, string>>;
};

/** A form that the browser posts itself, with or without JavaScript; carries the csrf token. */
export function NativeForm({ action, csrf, fields = {}, children, ...rest }: NativeFormProps) {
  return (
    <form {...rest} method="post" action={action}>
      <input type="hidden" name="csrf" value={csrf} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
