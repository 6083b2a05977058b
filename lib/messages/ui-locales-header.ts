/**
 * The request header in which `proxy.ts` passes on the `ui_locales` of a page's address, as layouts don't know their
 * address.
 */
export const uiLocalesHeader = "x-latchkey-ui-locales";
