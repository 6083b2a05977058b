"use client";

import { RefreshCw } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { SecretField } from "@/components/ui/secret-field";
import { generateSecret } from "./generate-secret";

/** The secret that the server made for the form, or another one that the browser makes. */
export function SecretInput({ initial, error }: { initial: string; error: ReactNode }) {
  const [secret, setSecret] = useState(initial);
  return (
    <SecretField
      id="client_secret"
      name="client_secret"
      label="Client secret"
      hint="Copy it now. You'll see it once more after saving."
      what="client secret"
      value={secret}
      error={error}
      actions={
        <Button size="sm" icon={<RefreshCw aria-hidden />} onClick={() => setSecret(generateSecret())}>
          Generate another
        </Button>
      }
    />
  );
}
