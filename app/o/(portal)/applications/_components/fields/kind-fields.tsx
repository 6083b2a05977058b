import { AppWindow, Cog, Globe, Smartphone, Tv } from "lucide-react";
import type { ReactNode } from "react";
import { useTexts } from "@/components/texts/use-texts";
import { RadioCards } from "@/components/ui/choice-cards";
import { joinClasses } from "@/components/ui/class-names";
import { type ApplicationKind, applicationKinds } from "@/lib/oauth/ports/client-choices";
import type { ApplicationValues } from "../form/application-fields";
import { unlessKindChanged } from "../form/visibility";
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
      <KindCards initial={initial} error={errorOf("kind")} columns={2} />
      <SettingsLine />
    </div>
  );
}

export interface KindCardsProps {
  initial: Pick<ApplicationValues, "kind">;
  error: ReactNode;
  columns: 2 | 3;
}

/** A card for each kind. */
export function KindCards({ initial, error, columns }: KindCardsProps) {
  const t = useTexts("applicationForm");
  const settingTexts = useTexts("applicationSettings");
  return (
    <RadioCards
      id="kind"
      name="kind"
      label={t("kind.label")}
      choices={applicationKinds.map((value) => ({
        value,
        label: settingTexts(`kinds.${value}.label`),
        description: settingTexts(`kinds.${value}.description`),
        icon: icons[value],
      }))}
      columns={columns}
      defaultValue={initial.kind}
      error={error}
    />
  );
}

/** Client type and grant types as currently chosen, wherever that was. */
function SettingsLine() {
  const t = useTexts("applicationForm");
  const settingTexts = useTexts("applicationSettings");
  return (
    <dl
      className={joinClasses(
        "flex flex-wrap items-baseline gap-x-6 gap-y-1 text-note text-muted [&_dd]:text-text [&>div]:flex [&>div]:gap-x-2",
        unlessKindChanged,
      )}
    >
      <div>
        <dt>{t("clientType.label")}</dt>
        <dd className="hidden group-has-[[name^=client][value=confidential]:checked]/form:block">
          {settingTexts("clientTypes.confidential.label")}
        </dd>
        <dd className="hidden group-has-[[name^=client][value=public]:checked]/form:block">
          {t("clientType.publicWithPkce")}
        </dd>
      </div>
      <div className="flex-wrap">
        <dt>{t("grantTypes")}</dt>
        {grants.map(({ value, className }) => (
          <dd key={value} className={joinClasses("hidden [dd~&]:before:content-['+_']", className)}>
            {settingTexts(`grantTypes.${value}.label`)}
          </dd>
        ))}
      </div>
    </dl>
  );
}

const grants = [
  {
    value: "authorization_code",
    className: "group-has-[[name^=authorization][value^=auth]:checked]/form:block",
  },
  {
    value: "urn:ietf:params:oauth:grant-type:device_code",
    className: "group-has-[[name^=authorization][value^=urn]:checked]/form:block",
  },
  {
    value: "refresh_token",
    className: "group-has-[[name^=authorization][value^=refresh]:checked]/form:block",
  },
  {
    value: "client_credentials",
    className: "group-has-[[name^=authorization][value^=client]:checked]/form:block",
  },
] as const;
