import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";

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
    <Card title="Danger zone" tone="danger" flush>
      <div className="flex flex-col gap-3 px-4 py-4 sm:flex-row sm:items-center sm:justify-between sm:gap-8 sm:px-5">
        <div className="grid gap-0.5">
          <p className="font-medium">{title}</p>
          <p className="text-[0.8125rem] text-muted">{description}</p>
        </div>
        <div className="grid shrink-0">
          <ButtonLink href={href} variant="danger-quiet">
            {label}
          </ButtonLink>
        </div>
      </div>
    </Card>
  );
}
