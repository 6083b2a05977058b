import { joinClasses } from "./class-names";
import { toInitials } from "./initials";

const sizes = { sm: "size-7 text-tiny", md: "size-9 text-xs", lg: "size-12 text-base" } as const;

export interface AvatarProps {
  name: string;
  size?: keyof typeof sizes;
  /** People are round, applications are not. */
  kind?: "person" | "application";
}

/** Initials in place of a picture. Decoration: the name must be beside it. */
export function Avatar({ name, size = "md", kind = "person" }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={joinClasses(
        "inline-grid shrink-0 place-items-center border font-semibold tracking-wide select-none",
        kind === "person"
          ? "rounded-full border-accent-line bg-accent-soft text-accent-text"
          : "rounded-[22%] border-line bg-sunken text-text",
        sizes[size],
      )}
    >
      {toInitials(name)}
    </span>
  );
}
