import { TextLink } from "@/components/ui/link";
import { applicationPath } from "@/lib/http/paths";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import type { NamedApplications } from "@/lib/services/applications/name-applications";
import { nameList } from "./name-list";

export interface ApplicationNamesProps {
  applications: NamedApplications;
  /** Links to a subpage of each; by default to the page itself. */
  subPath?: "update/";
}

/** Their names as links, with the number of further ones, as a part of a sentence. */
export async function ApplicationNames({ applications: { count, first }, subPath }: ApplicationNamesProps) {
  const t = await getTexts("console");
  const links = new Map(
    first.map(({ id, name }) => [
      id,
      <TextLink key={id} href={`${applicationPath(id)}${subPath ?? ""}`}>
        <bdi className="wrap-anywhere">{name}</bdi>
      </TextLink>,
    ]),
  );
  const names = nameList(await getLocale())
    .formatToParts(links.keys())
    .map(({ type, value }) => (type === "element" ? links.get(value) : value));
  const rest = count - first.length;
  return rest > 0 ? t.rich("applications.namesAndMore", { count: rest, names: () => names }) : names;
}
