"use client";

import { Failure, type FailureProps } from "./_components/failure";
import "./globals.css";

/**
 * Where the layout itself failed: a document of its own, in the system's theme, as nothing of the request is known
 * here.
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
