/** What most sign-ins ask for. */
const usual = ["openid", "profile", "email"];

/** The scopes of a test that nobody has chosen any for, of those that the application may request. */
export function chooseTestScopes(allowed: readonly string[]): string[] {
  return allowed.includes("openid") ? usual.filter((name) => allowed.includes(name)) : [];
}
