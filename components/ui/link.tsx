import NextLink from "next/link";
import type { ComponentProps } from "react";
import { joinClasses } from "./class-names";
import { isRoutedPath } from "./routed-path";

export type LinkProps = Omit<ComponentProps<"a">, "href"> & { href: string };

/**
 * An unstyled link: through the router for pages of this site, a plain `<a>` for everything that the browser must fetch
 * itself.
 */
export function Link({ href, ...rest }: LinkProps) {
  // A prefetch is a request that nobody made: it would use up one-time links and keep sessions alive.
  if (isRoutedPath(href)) return <NextLink href={href} prefetch={false} {...rest} />;
  return <a href={href} {...rest} />;
}

/** A link inside running text. */
export function TextLink({ className, ...rest }: LinkProps) {
  return (
    <Link
      {...rest}
      className={joinClasses(
        "rounded-sm py-1 font-medium text-accent-text underline decoration-accent-line underline-offset-3 transition-colors hover:decoration-current",
        className,
      )}
    />
  );
}
