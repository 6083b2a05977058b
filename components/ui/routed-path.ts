// These answer with redirects or change something, so the router must not fetch them before the browser does: a GET
// that issues a code would run twice.
const handledByRoutes = ["/o/authorize", "/admin/login", "/api", "/resource"];

/**
 * True for the path of a page on this site, which the client-side router may open; false for everything the browser
 * must fetch itself.
 */
export function isRoutedPath(href: string): boolean {
  if (!href.startsWith("/") || href.startsWith("//") || href.startsWith("/\\")) return false;
  const path = (href.split(/[?#]/, 1)[0] ?? "").replace(/\/+$/, "");
  return !handledByRoutes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}
