import { Check } from "lucide-react";
import { IconList } from "@/components/ui/icon-list";
import { getTexts } from "@/lib/messages/request-locale";
import type { Scope } from "@/lib/oauth/ports/types";

/** What a user allowed, in the sentences of the consent page: `localizeAuthorizations`. */
export async function AllowedScopes({ scopes }: { scopes: readonly Scope[] }) {
  const t = await getTexts("authorizations");
  if (scopes.length === 0) return <p>{t("trusted")}</p>;
  return (
    <IconList
      items={scopes.map(({ name, description }) => ({ key: name, icon: <Check aria-hidden />, title: description }))}
    />
  );
}
