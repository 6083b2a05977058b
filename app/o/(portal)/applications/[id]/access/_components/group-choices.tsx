import { CheckboxCards } from "@/components/ui/choice-cards";
import { getTexts } from "@/lib/messages/request-locale";

export interface GroupChoicesProps {
  chosen: readonly { id: string; name: string }[];
  /** Those of the page, or of a search. */
  found: readonly { id: string; name: string; description: string }[];
  isSearch: boolean;
  error: string | undefined;
}

/** The chosen groups and others to choose from. Those that a search leaves out stay chosen. */
export async function GroupChoices({ chosen, found, isSearch, error }: GroupChoicesProps) {
  const t = await getTexts("groups");
  const others = found.filter(({ id }) => !chosen.some((group) => group.id === id));
  const descriptions = new Map(found.map(({ id, description }) => [id, description]));
  const choices = [...chosen, ...others].map(({ id, name }) => ({
    value: id,
    label: <bdi>{name}</bdi>,
    description: descriptions.get(id) || undefined,
  }));
  if (choices.length === 0 && !isSearch) return null;
  return (
    <CheckboxCards
      name="group"
      label={t("access.choose")}
      hint={isSearch && others.length === 0 ? t("access.noMatch") : undefined}
      columns={2}
      defaultValue={chosen.map(({ id }) => id)}
      choices={choices}
      error={error}
    />
  );
}
