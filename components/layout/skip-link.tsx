/** The ID of the `<main>` in every shell. */
export const mainId = "main";

/** The first stop of the Tab key: skips the navigation. */
export function SkipLink() {
  return (
    <a
      href={`#${mainId}`}
      className="sr-only z-50 rounded-md bg-accent px-4 py-2 font-medium text-on-accent shadow-high focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:px-4 focus:py-2"
    >
      Skip to content
    </a>
  );
}
