import { type ComponentProps, type ReactNode, useId } from "react";
import { joinClasses } from "./class-names";
import { describeControl, FieldError, FieldHint, type FieldText } from "./field-frame";
import { OptionalMark } from "./optional-mark";

export interface Choice {
  value: string;
  label: ReactNode;
  description?: ReactNode;
  icon?: ReactNode;
  disabled?: boolean;
}

type GroupProps = FieldText &
  Omit<
    ComponentProps<"input">,
    "className" | "type" | "value" | "defaultValue" | "defaultChecked" | "checked" | "id"
  > & {
    choices: readonly Choice[];
    /** Cards side by side from 640 px; below that, always one column. */
    columns?: 1 | 2 | 3;
    /** Of the group, for a link to it. */
    id?: string;
  };

export type RadioCardsProps = GroupProps & { defaultValue?: string };
export type CheckboxCardsProps = GroupProps & { defaultValue?: readonly string[] };

const columnClasses = { 1: "", 2: "sm:grid-cols-2", 3: "sm:grid-cols-3" } as const;

/** One of several choices, each explained on a card. */
export function RadioCards({ defaultValue, ...rest }: RadioCardsProps) {
  return <ChoiceCards {...rest} type="radio" chosen={defaultValue === undefined ? [] : [defaultValue]} />;
}

/** Any of several choices, each explained on a card; all post under one `name`. */
export function CheckboxCards({ defaultValue = [], ...rest }: CheckboxCardsProps) {
  return <ChoiceCards {...rest} type="checkbox" chosen={defaultValue} />;
}

function ChoiceCards(props: GroupProps & { type: "radio" | "checkbox"; chosen: readonly string[] }) {
  const { label, hint, error, optional, choices, columns = 1, type, chosen, id: givenId, ...rest } = props;
  const ownId = useId();
  const id = givenId ?? ownId;
  const { "aria-describedby": describedBy, "aria-invalid": invalid } = describeControl(id, { hint, error });
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy}
      className="grid scroll-mt-20 gap-1.5 outline-none"
    >
      <legend className="contents font-medium">
        <span className="flex items-baseline justify-between gap-3 font-medium">
          <span id={`${id}-label`}>{label}</span>
          {optional && <OptionalMark />}
        </span>
      </legend>
      <FieldHint id={id}>{hint}</FieldHint>
      <div className={joinClasses("grid gap-2", columnClasses[columns])}>
        {choices.map((choice, index) => (
          <label
            key={choice.value}
            className={joinClasses(
              "flex min-h-11 cursor-pointer gap-3 rounded-md border border-line bg-surface p-3 shadow-low transition-colors hover:border-line-strong",
              "has-checked:border-accent has-checked:bg-accent-soft has-disabled:cursor-not-allowed has-disabled:opacity-60",
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
            )}
          >
            <input
              {...rest}
              type={type}
              value={choice.value}
              defaultChecked={chosen.includes(choice.value)}
              disabled={choice.disabled ?? rest.disabled}
              aria-invalid={invalid}
              aria-labelledby={`${id}-${index}-label`}
              aria-describedby={choice.description ? `${id}-${index}-description` : undefined}
              className="mt-0.5 size-4 shrink-0 cursor-pointer outline-none"
            />
            <span className="grid min-w-0 content-start gap-0.5">
              <span id={`${id}-${index}-label`} className="font-medium">
                {choice.label}
              </span>
              {choice.description && (
                <span id={`${id}-${index}-description`} className="text-note text-muted">
                  {choice.description}
                </span>
              )}
            </span>
            {choice.icon && <span className="ms-auto shrink-0 text-muted [&_svg]:size-4.5">{choice.icon}</span>}
          </label>
        ))}
      </div>
      <FieldError id={id}>{error}</FieldError>
    </fieldset>
  );
}
