/** How an application authenticates, in the words of developers who register one; `""` means any method. */
export const authMethodTexts: Record<string, { label: string; description: string }> = {
  "": {
    label: "With its secret",
    description: "In the header or in the body of the request. Right for most.",
  },
  client_secret_basic: {
    label: "With its secret, in the header only",
    description: "HTTP Basic: client_secret_basic.",
  },
  client_secret_post: {
    label: "With its secret, in the body only",
    description: "A field of the form: client_secret_post.",
  },
  private_key_jwt: {
    label: "With its own key",
    description:
      "It signs an assertion: private_key_jwt. This server only has the public key, so there is nothing to steal.",
  },
};

/** What the method does, for the page of an application. */
export function describeAuthMethod(clientType: "confidential" | "public", method: string | null): string {
  if (clientType === "public") return "None: it has no secret";
  return authMethodTexts[method ?? ""]?.label ?? method ?? "";
}
