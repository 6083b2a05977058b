import { Avatar } from "@/components/ui/avatar";
import { BrandMark } from "./brand";

export interface ConnectionMarkProps {
  name: string;
  /** Path of the application's own logo; without one, its initials are shown. */
  logo?: string;
}

/** An application beside this server, for the question whether to connect them. Decoration. */
export function ConnectionMark({ name, logo }: ConnectionMarkProps) {
  return (
    <span className="flex items-center gap-2.5" aria-hidden>
      {logo ? (
        <img src={logo} alt="" className="h-12 max-w-32 rounded-lg bg-white object-contain" />
      ) : (
        <Avatar name={name} kind="application" size="lg" />
      )}
      <span className="w-8 border-t-2 border-dashed border-line-strong" />
      <BrandMark size="xl" />
    </span>
  );
}
