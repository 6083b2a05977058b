import { type ReactNode, useId } from "react";
import { NativeForm, type NativeFormProps } from "@/components/layout/native-form";
import { SaveBar, type SaveBarProps } from "./save-bar";

export interface SectionFormProps extends Pick<SaveBarProps, "saved" | "rejected" | "label"> {
  title: ReactNode;
  description?: ReactNode;
  /** The route that the form is posted to. */
  action: NativeFormProps["action"];
  csrf: string;
  /** Additional hidden fields, by name. */
  fields?: NativeFormProps["fields"];
  id?: string;
  /** The fields; an Alert above them if the form was rejected. */
  children: ReactNode;
}

/** One section of a page that is saved by itself: a card with its fields and a bar to save them. */
export function SectionForm({ title, description, action, csrf, fields, id, children, ...bar }: SectionFormProps) {
  const titleId = useId();
  return (
    <section
      id={id}
      aria-labelledby={titleId}
      className="min-w-0 scroll-mt-20 overflow-clip rounded-lg border border-line bg-surface shadow-low"
    >
      <div className="grid gap-0.5 px-4 pt-4 sm:px-5">
        <h2 id={titleId} className="text-lead font-semibold tracking-[-0.01em]">
          {title}
        </h2>
        {description && <p className="max-w-prose text-note text-muted">{description}</p>}
      </div>
      <NativeForm action={action} csrf={csrf} {...(fields && { fields })}>
        <div className="fields px-4 py-5 sm:px-5">{children}</div>
        <SaveBar {...bar} />
      </NativeForm>
    </section>
  );
}
