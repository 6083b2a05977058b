import { ValueList } from "@/app/_components/attributes/value-list";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { getTexts } from "@/lib/messages/request-locale";
import type { OwnAttribute } from "@/lib/services/attributes/own-attributes";

export interface AttributesCardProps {
  attributes: readonly OwnAttribute[];
  /** Whether they have just been changed. */
  saved: boolean;
}

/** What this server knows of its user beyond the profile; nothing if users see none of it. */
export async function AttributesCard({ attributes, saved }: AttributesCardProps) {
  if (attributes.length === 0) return null;
  const t = await getTexts("ownAttributes");
  const isChangeable = attributes.some(({ changeable }) => changeable);
  return (
    <Card
      id="attributes"
      title={t("title")}
      description={t("explanation")}
      actions={isChangeable && <ButtonLink href="/account/attributes/">{t("edit")}</ButtonLink>}
    >
      <div className="fields">
        {saved && <Alert tone="success" title={t("saved")} announce />}
        <ValueList attributes={attributes} t={t} />
      </div>
    </Card>
  );
}
