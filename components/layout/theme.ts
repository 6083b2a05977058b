/** The reader's choice of theme: the system's, or a fixed one. */
export type Theme = "system" | "light" | "dark";

export const themes = ["system", "light", "dark"] as const satisfies readonly Theme[];

/** Name of the cookie that contains `light` or `dark`; no cookie means `system`. */
export const themeCookieName = "theme";

/** The `--canvas` token in each scheme, for the browser's own frame around the page. */
export const canvasColors = { light: "#f8fafb", dark: "#0a0f10" } as const;

/** True for the three words that a theme form may send. */
export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value);
}

/** Reads the cookie's value; anything unknown means `system`. */
export function parseTheme(cookieValue: string | undefined): Theme {
  return isTheme(cookieValue) ? cookieValue : "system";
}
