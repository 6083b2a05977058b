import { toScopeKind } from "@/app/(auth)/consent/_components/scope-groups";
import { ScopeList } from "@/app/(auth)/consent/_components/scope-list";
import { useTexts } from "@/components/texts/use-texts";

/** How the description will look on the consent screen, rendered by the same component. */
export function ConsentPreview({ name, description }: { name: string; description: string }) {
  const t = useTexts("scopeForm");
  const scope = { name, description: description.trim() || t("preview.description") };
  return (
    <figure className="grid gap-1.5">
      <figcaption className="text-note text-muted">{t("preview.title")}</figcaption>
      <div className="rounded-md border border-line bg-sunken p-4">
        <ScopeList
          heading={t("preview.heading")}
          groups={[{ kind: toScopeKind(name), heading: null, scopes: [scope] }]}
        />
      </div>
    </figure>
  );
}
