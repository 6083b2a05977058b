import { AppWindow, Cog, Globe, Smartphone, Tv } from "lucide-react";
import type { ReactNode } from "react";
import { RadioCards } from "@/components/ui/choice-cards";
import { joinClasses } from "@/components/ui/class-names";
import { type ApplicationKind, applicationKinds } from "@/lib/oauth/ports/client-choices";
import { kindTexts } from "../application-kinds";
import { unlessKindChanged } from "../form/visibility";
import { grantTypeTexts } from "../grant-types";
import type { FormControls } from "./form-controls";

const icons: Record<ApplicationKind, ReactNode> = {
  web: <Globe aria-hidden />,
  single_page: <AppWindow aria-hidden />,
  native: <Smartphone aria-hidden />,
  machine: <Cog aria-hidden />,
  device: <Tv aria-hidden />,
};

/** The first question. The settings that follow from the answer can be changed further down. */
export function KindFields({ initial, errorOf }: FormControls) {
  return (
    <div className="grid gap-3">
      {/* Not a hidden input: React would reset its text at the next rendering. */}
      <input hidden readOnly name="settings_of_kind" defaultValue={initial.settings_of_kind} />
      <RadioCards
        id="kind"
        name="kind"
        label="Kind of application"
        choices={applicationKinds.map((value) => ({ value, ...kindTexts[value], icon: icons[value] }))}
        columns={2}
        defaultValue={initial.kind}
        error={errorOf("kind")}
      />
      <SettingsLine />
    </div>
  );
}

/** Client type and grant types as currently chosen, wherever that was. */
function SettingsLine() {
  return (
    <dl
      className={joinClasses(
        "flex flex-wrap items-baseline gap-x-6 gap-y-1 text-[0.8125rem] text-muted [&_dd]:text-text [&>div]:flex [&>div]:gap-x-2",
        unlessKindChanged,
      )}
    >
      <div>
        <dt>Client type</dt>
        <dd className="hidden group-has-[[name^=client][value=confidential]:checked]/form:block">Confidential</dd>
        <dd className="hidden group-has-[[name^=client][value=public]:checked]/form:block">Public, with PKCE</dd>
      </div>
      <div className="flex-wrap">
        <dt>Authorization grant type</dt>
        {grants.map(({ name, className }) => (
          <dd key={name} className={joinClasses("hidden [dd~&]:before:content-['+_']", className)}>
            {name}
          </dd>
        ))}
      </div>
    </dl>
  );
}

const grants = [
  {
    name: grantTypeTexts.authorization_code.label,
    className: "group-has-[[name^=authorization][value^=auth]:checked]/form:block",
  },
  {
    name: grantTypeTexts["urn:ietf:params:oauth:grant-type:device_code"].label,
    className: "group-has-[[name^=authorization][value^=urn]:checked]/form:block",
  },
  {
    name: grantTypeTexts.refresh_token.label,
    className: "group-has-[[name^=authorization][value^=refresh]:checked]/form:block",
  },
  {
    name: grantTypeTexts.client_credentials.label,
    className: "group-has-[[name^=authorization][value^=client]:checked]/form:block",
  },
];
