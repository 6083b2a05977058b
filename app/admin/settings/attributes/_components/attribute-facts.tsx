import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { AbsoluteTime } from "@/components/ui/time";
import { getTexts } from "@/lib/messages/request-locale";
import type { AttributeSummary } from "@/lib/services/attributes/list-attributes";
import { describeHolders } from "./describe-holders";

export interface AttributeFactsProps {
  attribute: AttributeSummary;
  /** Whether forms below show the rest. */
  changeable: boolean;
}

/** What nobody changes about an attribute, and the rest for those who may not change it. */
export async function AttributeFacts({ attribute, changeable }: AttributeFactsProps) {
  const t = await getTexts("attributes");
  const { type, userAccess, claimName, scopeName, users, createdAt } = attribute;
  const isShared = claimName !== null && scopeName !== null;
  const rest = [
    { label: t("access"), value: t(`accesses.${userAccess}.label`) },
    { label: t("claim"), value: isShared ? `${claimName} (${scopeName})` : t("notShared"), mono: isShared },
  ];
  return (
    <Card title={t("about")}>
      <KeyValueList
        items={[
          { label: t("type"), value: t(`types.${type}.label`) },
          ...(changeable ? [] : rest),
          { label: t("holders"), value: describeHolders(t, users) },
          { label: t("created"), value: <AbsoluteTime date={createdAt} /> },
        ]}
      />
    </Card>
  );
}
