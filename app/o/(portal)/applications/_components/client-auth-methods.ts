/** How an application authenticates, as the form offers it; `""` means any method with a secret. */
export const authMethodChoices = ["", "client_secret_basic", "client_secret_post", "private_key_jwt"] as const;

/** Its name among the texts. */
export function toAuthMethodKey(method: (typeof authMethodChoices)[number]) {
  return method || "any_secret";
}
