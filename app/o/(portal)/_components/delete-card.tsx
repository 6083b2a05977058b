import { ButtonLink } from "@/components/ui/button";
import { DangerRow, DangerZone } from "./danger-zone";

export interface DeleteCardProps {
  /** "Delete this API". */
  title: string;
  description: string;
  /** The page that asks again. */
  href: string;
  label: string;
}

/** The way to the page that deletes something, at the end of its own page. */
export function DeleteCard({ title, description, href, label }: DeleteCardProps) {
  return (
    <DangerZone>
      <DangerRow title={title} description={description}>
        <ButtonLink href={href} variant="danger-quiet">
          {label}
        </ButtonLink>
      </DangerRow>
    </DangerZone>
  );
}
