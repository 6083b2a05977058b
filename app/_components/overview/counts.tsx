import { Link } from "@/components/ui/link";
import { getContentLocale, getTexts } from "@/lib/messages/request-locale";
import type { getOverviewWire } from "@/lib/services/home/get-overview";
import type { Returned } from "@/lib/services/wire";
import { administrationNav, type NavGroup } from "../administration-nav";

const kinds = ["users", "groups", "applications"] as const;

/** The pages of the side navigation by their names: what has none yet is a number without a link. */
const pages = new Map(
  (administrationNav as readonly NavGroup[]).flatMap(({ entries }) => entries.map(({ name, href }) => [name, href])),
);

/** How many there are of what the reader may see. */
export async function Counts({ counts }: { counts: Returned<typeof getOverviewWire> }) {
  const [t, locale] = [await getTexts("overview"), await getContentLocale()];
  const shown = kinds.flatMap((kind) => (counts[kind] ? [{ kind, count: counts[kind] }] : []));
  if (shown.length === 0) return null;
  return (
    <ul aria-label={t("counts.label")} className="grid grid-cols-[repeat(auto-fit,minmax(6rem,1fr))] gap-3 sm:gap-5">
      {shown.map(({ kind, count: { value, exact } }) => {
        const href = pages.get(kind);
        const content = (
          <>
            <span className="text-xs text-muted sm:text-note">{t(`counts.${kind}`)}</span>
            <span className="text-2xl leading-8 font-semibold tracking-[-0.02em] tabular-nums">
              {exact ? value.toLocaleString(locale) : t("counts.about", { count: Number(value.toPrecision(2)) })}
            </span>
          </>
        );
        const classes = "grid gap-0.5 rounded-lg border border-line bg-surface px-3 py-3 shadow-low sm:px-5 sm:py-3.5";
        return (
          <li key={kind}>
            {href ? (
              <Link href={href} className={`${classes} transition-colors hover:border-line-strong`}>
                {content}
              </Link>
            ) : (
              <div className={classes}>{content}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
