import { Check } from "lucide-react";
import { IconList } from "@/components/ui/icon-list";
import { describeScope } from "@/lib/messages/describe-scope";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import type { Scope } from "@/lib/oauth/ports/types";

/** What a user allowed, in the sentences of the consent page. */
export async function AllowedScopes({ scopes }: { scopes: readonly Scope[] }) {
  const [locale, t] = [await getLocale(), await getTexts("authorizations")];
  if (scopes.length === 0) return <p>{t("trusted")}</p>;
  return (
    <IconList
      items={scopes.map((scope) => ({
        key: scope.name,
        icon: <Check aria-hidden />,
        title: describeScope(scope, locale).description,
      }))}
    />
  );
}
