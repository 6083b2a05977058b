import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { getTexts } from "@/lib/messages/request-locale";
import type { TestReport } from "@/lib/services/applications/test-sign-in/test-report";

/** What was granted, and when the user consented. */
export async function ConsentCard({ granted }: { granted: NonNullable<TestReport["granted"]> }) {
  const t = await getTexts("testSignIn");
  const { scopes, consent } = granted;
  return (
    <Card title={t("consent.title")}>
      <KeyValueList
        items={[
          {
            label: t("consent.granted"),
            value: scopes.length > 0 ? scopes.join(" ") : t("consent.none"),
            mono: scopes.length > 0,
          },
          { label: t("consent.when"), value: t(`consent.${consent}`) },
        ]}
      />
    </Card>
  );
}
