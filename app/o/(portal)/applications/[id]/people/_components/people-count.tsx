import { Card } from "@/components/ui/card";
import { getTexts } from "@/lib/messages/request-locale";

/** How many people use the application, for those who may not see users. */
export async function PeopleCount({ count: { value, exact } }: { count: { value: number; exact: boolean } }) {
  const t = await getTexts("applicationPeople");
  return (
    <Card title={t("title")}>
      <p>{exact ? t("counted", { count: value }) : t("countedAtLeast", { count: 10_000 })}</p>
      {value > 0 && <p className="text-note text-muted">{t("hidden")}</p>}
    </Card>
  );
}
