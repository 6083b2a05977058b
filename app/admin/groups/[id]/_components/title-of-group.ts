import type { Metadata } from "next";
import { loadPage } from "@/lib/http/load-page";
import { groupPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { getGroup } from "@/lib/services/groups/get-group";

/** The title of a part of a group's page, such as `members/`: it names the group. */
export async function titleOfGroup(
  { params }: { params: Promise<{ id: string }> },
  path: string,
  part: "members.title" | "applications.title",
): Promise<Metadata> {
  const { id } = await params;
  const { name } = await loadPage(`${groupPath(id)}${path}`, (context) => getGroup(context, { id }));
  const t = await getTexts("groups");
  return { title: t("titleOf", { name, part: t(part) }) };
}
