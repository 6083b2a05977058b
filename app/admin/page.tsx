import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadPage } from "@/lib/http/load-page";
import { getTexts } from "@/lib/messages/request-locale";
import { can, requireActor } from "@/lib/services/context";
import { visibleNav } from "../_components/administration-nav";
import { AdministrationOverview } from "../_components/overview/administration-overview";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("console");
  return { title: t("navigation.overview") };
}

export default async function AdministrationPage() {
  const context = await loadPage("/admin/", async (loaded) => {
    requireActor(loaded);
    return loaded;
  });
  if (visibleNav((permission) => can(context.actor, permission)).length === 0) notFound();
  return <AdministrationOverview context={context} />;
}
