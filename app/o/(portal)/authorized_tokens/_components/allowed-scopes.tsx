import { Check } from "lucide-react";
import { describeScopes } from "@/app/_components/describe-scopes";
import { IconList } from "@/components/ui/icon-list";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import type { Scope } from "@/lib/oauth/ports/types";

/** What a user allowed, in the sentences of the consent page. */
export async function AllowedScopes({ scopes }: { scopes: readonly Scope[] }) {
  const [locale, t] = [await getLocale(), await getTexts("authorizations")];
  if (scopes.length === 0) return <p>{t("trusted")}</p>;
  const described = await describeScopes(scopes, locale);
  return (
    <IconList
      items={described.map(({ name, description }) => ({ key: name, icon: <Check aria-hidden />, title: description }))}
    />
  );
}
