import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { SiteFooter } from "@/components/layout/site-footer";
import { SkipLink } from "@/components/layout/skip-link";
import { canvasColors, parseTheme, themeCookieName } from "@/components/layout/theme";
import { TextsProvider } from "@/components/texts/texts-provider";
import { getCsrfToken } from "@/lib/auth/csrf";
import { browserTexts } from "@/lib/messages/browser-texts";
import { directionOf } from "@/lib/messages/locales";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import "./globals.css";

const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  variable: "--font-inter",
});

// Only fetched if a name on the page needs one of its letters, so it isn't preloaded.
const interExtended = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
  weight: "100 900",
  variable: "--font-inter-ext",
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: "unicode-range", value: "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+1E00-1E9F, U+1EF2-1EFF" }],
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("layout");
  return {
    title: { default: "Latchkey", template: "%s · Latchkey" },
    description: t("description"),
    applicationName: "Latchkey",
    manifest: "/manifest.webmanifest",
    icons: { apple: "/apple-touch-icon.png" },
    robots: { index: false, follow: false },
    // Phones would turn runs of digits in client ids into links.
    formatDetection: { telephone: false, email: false, address: false },
  };
}

async function readTheme() {
  return parseTheme((await cookies()).get(themeCookieName)?.value);
}

export async function generateViewport(): Promise<Viewport> {
  const theme = await readTheme();
  if (theme !== "system") return { themeColor: canvasColors[theme] };
  return {
    themeColor: [
      { media: "(prefers-color-scheme: light)", color: canvasColors.light },
      { media: "(prefers-color-scheme: dark)", color: canvasColors.dark },
    ],
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [theme, locale] = [await readTheme(), await getLocale()];
  return (
    <html
      lang={locale}
      dir={directionOf(locale)}
      data-theme={theme === "system" ? undefined : theme}
      className={`${inter.variable} ${interExtended.variable}`}
    >
      <body className="flex min-h-dvh flex-col font-sans">
        <SkipLink />
        <TextsProvider texts={browserTexts(locale, ["browser", "failure"])}>{children}</TextsProvider>
        <SiteFooter theme={theme} locale={locale} csrf={await getCsrfToken()} />
      </body>
    </html>
  );
}
