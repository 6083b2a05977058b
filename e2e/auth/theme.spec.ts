import { expect, test } from "../support/playwright";

const dark = { canvas: "rgb(10, 15, 16)", scheme: "dark" };
const light = { canvas: "rgb(248, 250, 251)", scheme: "light" };

// Without scripts nothing can repaint a page: what the server sent is all that is ever shown.
test.use({ javaScriptEnabled: false });

for (const [choice, system, wanted] of [
  ["Dark", "light", dark],
  ["Light", "dark", light],
] as const) {
  test(`${choice} applies on a ${system} system, from the first paint, on every kind of page`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: system });
    await page.goto("/login");
    await page.getByRole("button", { name: choice }).click();
    await expect(page).toHaveURL("/login");
    await expect(page.getByRole("button", { name: choice })).toHaveAttribute("aria-pressed", "true");
    for (const path of ["/", "/login", "/nowhere", "/o/authorize"]) {
      const response = await page.goto(path);
      expect(await response?.text()).toContain(`data-theme="${wanted.scheme}"`);
      await expect(page.locator(path === "/o/authorize" ? "body" : "html")).toHaveCSS(
        "background-color",
        wanted.canvas,
      );
    }
    await page.goto("/login");
    await page.getByRole("button", { name: "System" }).click();
    await expect(page.locator("html")).toHaveCSS("background-color", (system === "dark" ? dark : light).canvas);
  });
}
