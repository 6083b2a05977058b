import { ButtonLink } from "@/components/ui/button";
import { DangerRow, DangerZone } from "./danger-zone";

export interface DeleteCardProps {
  /** "Delete this API". */
  title: string;
  description: string;
  /** The confirmation page. */
  href: string;
  label: string;
}

/** The link to delete something, at the end of its page. */
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
