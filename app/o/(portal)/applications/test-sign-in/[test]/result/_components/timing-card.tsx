import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { getContentLocale, getTexts } from "@/lib/messages/request-locale";
import type { TestReport } from "@/lib/services/applications/test-sign-in/test-report";

/** How long each step took. */
export async function TimingCard({ legs }: { legs: TestReport["legs"] }) {
  const [locale, t] = [await getContentLocale(), await getTexts("testSignIn")];
  const [whole, tenths] = [
    new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }),
    new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
  ];
  return (
    <Card title={t("legs.title")}>
      <KeyValueList
        items={legs.map(({ name, duration }) => ({
          label: t(`legs.${name}`),
          value:
            duration < 1000
              ? t("legs.milliseconds", { duration: duration < 10 ? tenths.format(duration) : whole.format(duration) })
              : t("legs.seconds", { duration: tenths.format(duration / 1000) }),
        }))}
      />
    </Card>
  );
}
