import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { TextLink } from "@/components/ui/link";
import { getTexts } from "@/lib/messages/request-locale";
import { settingNames } from "@/lib/oauth/ports/client-settings";
import type { Template } from "@/lib/quick-starts/templates/template";
import { isLabelled } from "@/lib/services/applications/settings/setting-texts";

/** How the application will be registered, each fact with its source. */
export async function TemplateFacts({ template }: { template: Template }) {
  const [t, s] = [await getTexts("templates"), await getTexts("applicationSettings")];
  const { kind, redirectUris, scopes, settings, sources, ran } = template;
  const differences = settingNames.filter(isLabelled).flatMap((name) => {
    const value = settings[name];
    if (value === undefined) return [];
    const label = s(`fields.${name}.label`);
    return value === true ? label : t("facts.setting", { label, value: String(value) });
  });
  const items = [
    { label: t("facts.kind"), value: s(`kinds.${kind}.label`) },
    { label: t("facts.redirectUris"), value: sourced(<Lines texts={redirectUris} />, sources.redirectUris) },
    { label: t("facts.scopes"), value: sourced(<span dir="ltr">{scopes.join(" ")}</span>, sources.scopes) },
    ...(differences.length > 0
      ? [{ label: t("facts.settings"), value: sourced(<Lines texts={differences} />, sources.settings) }]
      : []),
  ];
  const run = ran ? t("facts.ran", { version: ran }) : t("facts.neverRan");
  return (
    <Card title={t("facts.title")} description={run}>
      <KeyValueList items={items} />
    </Card>
  );

  function sourced(value: ReactNode, source: string): ReactNode {
    return (
      <span className="grid gap-0.5">
        {value}
        <TextLink href={source} className="text-note wrap-anywhere">
          {t("facts.source", { host: new URL(source).hostname })}
        </TextLink>
      </span>
    );
  }
}

function Lines({ texts }: { texts: readonly string[] }) {
  return (
    <span className="grid gap-0.5">
      {texts.map((text) => (
        <span key={text} dir="auto" className="wrap-anywhere">
          {text}
        </span>
      ))}
    </span>
  );
}
