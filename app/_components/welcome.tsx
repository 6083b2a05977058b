import { AppWindow, KeyRound, ShieldCheck } from "lucide-react";
import { BrandMark } from "@/components/layout/brand";
import { ButtonLink } from "@/components/ui/button";
import { getTexts } from "@/lib/messages/request-locale";
import { FirstAdministrator } from "./first-administrator";

const purposes = [
  {
    name: "signIn",
    icon: <KeyRound aria-hidden />,
  },
  {
    name: "decide",
    icon: <ShieldCheck aria-hidden />,
  },
  {
    name: "connect",
    icon: <AppWindow aria-hidden />,
  },
] as const;

/** The start page for visitors who aren't signed in: what this server is, and how to sign in. */
export async function Welcome({ needsAdministrator }: { needsAdministrator: boolean }) {
  const t = await getTexts("home");
  return (
    <>
      <div className="grid justify-items-center gap-5 pt-4 pb-10 text-center sm:pt-10 sm:pb-14">
        <BrandMark size="xl" />
        <div className="grid grid-cols-1 gap-2">
          <h1 className="text-3xl leading-tight font-semibold tracking-[-0.03em] sm:text-4xl">{t("headline")}</h1>
          <p className="mx-auto max-w-xl text-base text-muted">{t("explanation")}</p>
        </div>
        {needsAdministrator ? (
          <div className="w-full max-w-xl text-start">
            <FirstAdministrator />
          </div>
        ) : (
          <ButtonLink href="/login" variant="primary" size="lg">
            {t("signIn")}
          </ButtonLink>
        )}
      </div>
      <ul className="grid gap-x-8 gap-y-6 pb-10 sm:grid-cols-3 sm:pb-12">
        {purposes.map(({ name, icon }) => (
          <li key={name} className="flex gap-3.5 sm:grid sm:gap-3">
            <span className="grid size-10 shrink-0 place-items-center rounded-lg border border-accent-line bg-accent-soft text-accent-text [&_svg]:size-5">
              {icon}
            </span>
            <div className="grid content-start gap-0.5">
              <h2 className="font-semibold">{t(`purposes.${name}.title`)}</h2>
              <p className="text-muted">{t(`purposes.${name}.text`)}</p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
