import { RequestedScopes } from "@/app/(auth)/consent/_components/requested-scopes";

/** How the description will look on the consent screen, rendered by the same component. */
export function ConsentPreview({ name, description }: { name: string; description: string }) {
  const scope = {
    name,
    description: description.trim() || "Your description appears here",
    isDefault: false,
    isRestricted: false,
  };
  return (
    <figure className="grid gap-1.5">
      <figcaption className="text-[0.8125rem] text-muted">On the consent screen</figcaption>
      <div className="rounded-md border border-line bg-sunken p-4">
        <RequestedScopes application="Example application" scopes={[scope]} newScopes={[name]} />
      </div>
    </figure>
  );
}
