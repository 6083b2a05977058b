import { AppWindow, KeyRound, ShieldCheck } from "lucide-react";
import { BrandMark } from "@/components/layout/brand";
import { ButtonLink } from "@/components/ui/button";
import { FirstAdministrator } from "./first-administrator";

const purposes = [
  {
    icon: <KeyRound aria-hidden />,
    title: "Sign in once",
    text: "One account here opens every application that trusts this server.",
  },
  {
    icon: <ShieldCheck aria-hidden />,
    title: "Decide what they may do",
    text: "An application asks in plain words first. You can withdraw it at any time.",
  },
  {
    icon: <AppWindow aria-hidden />,
    title: "Connect your own",
    text: "Register an application and get its client ID and secret in a minute.",
  },
];

/** The start page for visitors who aren't signed in: what this server is, and how to sign in. */
export function Welcome({ needsAdministrator }: { needsAdministrator: boolean }) {
  return (
    <>
      <div className="grid justify-items-center gap-5 pt-4 pb-10 text-center sm:pt-10 sm:pb-14">
        <BrandMark size="xl" />
        <div className="grid grid-cols-1 gap-2">
          <h1 className="text-3xl leading-tight font-semibold tracking-[-0.03em] sm:text-4xl">
            Sign in once, stay in charge
          </h1>
          <p className="mx-auto max-w-xl text-base text-muted">
            Latchkey is the OAuth 2.0 server that knows who you are, so that applications can work for you without ever
            seeing your password.
          </p>
        </div>
        {needsAdministrator ? (
          <div className="w-full max-w-xl text-left">
            <FirstAdministrator />
          </div>
        ) : (
          <ButtonLink href="/login" variant="primary" size="lg">
            Sign in
          </ButtonLink>
        )}
      </div>
      <ul className="grid gap-x-8 gap-y-6 pb-10 sm:grid-cols-3 sm:pb-12">
        {purposes.map(({ icon, title, text }) => (
          <li key={title} className="flex gap-3.5 sm:grid sm:gap-3">
            <span className="grid size-10 shrink-0 place-items-center rounded-lg border border-accent-line bg-accent-soft text-accent-text [&_svg]:size-5">
              {icon}
            </span>
            <div className="grid content-start gap-0.5">
              <h2 className="font-semibold">{title}</h2>
              <p className="text-muted">{text}</p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
