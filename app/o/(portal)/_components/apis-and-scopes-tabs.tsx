import { Tabs } from "@/components/ui/tabs";
import { getTexts } from "@/lib/messages/request-locale";

/** APIs and scopes share an entry of the navigation. */
export async function ApisAndScopesTabs({ current }: { current: "apis" | "scopes" }) {
  const [t, apis, scopes] = [await getTexts("console"), await getTexts("apis"), await getTexts("scopes")];
  return (
    <Tabs
      label={t("navigation.apisAndScopes")}
      tabs={[
        { href: "/o/apis/", label: apis("title"), current: current === "apis" },
        { href: "/o/scopes/", label: scopes("title"), current: current === "scopes" },
      ]}
    />
  );
}
