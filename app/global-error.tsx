"use client";

import { TextsProvider } from "@/components/texts/texts-provider";
import { failureTexts } from "@/lib/messages/failure-texts";
import { Failure, type FailureProps } from "./_components/failure";
import "./globals.css";

/**
 * Used if the layout itself fails: a separate document, in the system's theme and the browser's language, because
 * nothing is known about the request.
 */
export default function GlobalError(props: FailureProps) {
  const { texts, locale, direction } = failureTexts(typeof navigator === "undefined" ? "" : navigator.language);
  return (
    <html lang={locale} dir={direction}>
      <body className="flex min-h-dvh flex-col font-sans">
        <title>{`${texts.texts.title} · Latchkey`}</title>
        <TextsProvider texts={{ failure: texts }}>
          <Failure {...props} />
        </TextsProvider>
      </body>
    </html>
  );
}
