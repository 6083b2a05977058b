import { TextLink } from "@/components/ui/link";
import { getTexts } from "@/lib/messages/request-locale";
import { type IdTokenReader, idTokenReaders } from "@/lib/services/applications/settings/id-token-readers";

/** Links that prefill the form for programs that are known to need more than their kind says. */
export async function ReaderLinks({ path, chosen }: { path: string; chosen: IdTokenReader | null }) {
  const t = await getTexts("applications");
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 pb-6 text-[0.8125rem] text-muted">
      <span>{t("registration.fillInFor")}</span>
      {Object.entries(idTokenReaders).map(([name, reader]) =>
        reader === chosen ? (
          <strong key={name} aria-current="true" className="font-semibold text-text">
            {reader.label}
          </strong>
        ) : (
          <TextLink key={name} href={`${path}?client=${name}`}>
            {reader.label}
          </TextLink>
        ),
      )}
    </p>
  );
}
