const markSizes = { md: "size-6", lg: "size-10", xl: "size-12" } as const;

/** The mark: an L that is a key. Decoration; the name is beside it or in the heading below. */
export function BrandMark({ size = "md" }: { size?: keyof typeof markSizes }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={`shrink-0 ${markSizes[size]}`}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="stroke-on-accent" strokeWidth="2.75" strokeLinecap="round" strokeLinejoin="round">
        <circle cx="13.75" cy="10.5" r="3.75" />
        <path d="M13.75 14.25V25H22m-8.25-5h4.5" />
      </g>
    </svg>
  );
}

/** Mark and name. */
export function Brand() {
  return (
    <span className="inline-flex items-center gap-2 text-lead font-semibold tracking-[-0.015em]">
      <BrandMark />
      Latchkey
    </span>
  );
}
