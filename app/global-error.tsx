"use client";

import { Failure, type FailureProps } from "./_components/failure";
import "./globals.css";

/**
 * Used if the layout itself fails: a separate document, in the system's theme, because nothing is known about the
 * request.
 */
export default function GlobalError(props: FailureProps) {
  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col font-sans">
        <title>Something went wrong · Latchkey</title>
        <Failure {...props} />
      </body>
    </html>
  );
}
