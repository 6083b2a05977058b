import { ButtonLink } from "@/components/ui/button";
import { getTexts } from "@/lib/messages/request-locale";

export interface ListPagesProps {
  /** The first page. */
  path: string;
  /** Whether this is a later one. */
  isLater: boolean;
  /** Where the next page begins; null on the last. */
  next: string | null;
  /** The labels of the links to the first and the next page. */
  labels: { first: string; next: string };
}

/** The pagination of a list. */
export async function ListPages({ path, isLater, next, labels }: ListPagesProps) {
  if (!isLater && !next) return null;
  const t = await getTexts("console");
  return (
    <nav aria-label={t("listPages")} className="flex justify-between gap-2 pt-4">
      {isLater ? <ButtonLink href={path}>{labels.first}</ButtonLink> : <span />}
      {next && <ButtonLink href={`${path}?after=${encodeURIComponent(next)}`}>{labels.next}</ButtonLink>}
    </nav>
  );
}
