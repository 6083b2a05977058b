import { Avatar } from "@/components/ui/avatar";
import { BrandMark } from "./brand";

/** An application beside this server, for the question whether they may be joined. Decoration. */
export function ConnectionMark({ name }: { name: string }) {
  return (
    <span className="flex items-center gap-2.5" aria-hidden>
      <Avatar name={name} kind="application" size="lg" />
      <span className="w-8 border-t-2 border-dashed border-line-strong" />
      <BrandMark size="xl" />
    </span>
  );
}
