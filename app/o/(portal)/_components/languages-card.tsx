import { Languages } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { getTexts } from "@/lib/messages/request-locale";

/** Leads to the texts of an application, API or scope in other languages, at `href`. */
export async function LanguagesCard({ href }: { href: string }) {
  const t = await getTexts("translations");
  return (
    <Card
      title={t("linkCard.title")}
      description={t("linkCard.description")}
      actions={
        <ButtonLink href={href} size="sm" icon={<Languages aria-hidden />}>
          {t("link")}
        </ButtonLink>
      }
    />
  );
}
