/**
 * The few rules of the pages without React, based on the tokens of `app/tokens.css`: the card of
 * `components/layout/auth-shell.tsx` without Tailwind.
 */
export const errorPageStyles = `
*{box-sizing:border-box}
body{margin:0;min-height:100dvh;display:flex;flex-direction:column;align-items:center;justify-content:center;padding:2rem 1rem;background:var(--canvas);color:var(--text);font:0.875rem/1.5 var(--type-sans);-webkit-font-smoothing:antialiased}
main{width:100%;max-width:26.5rem;padding:2.25rem 2rem;background:var(--surface);border:1px solid var(--line);border-radius:var(--corner-xl);box-shadow:var(--lift-mid);text-align:center}
svg{display:block;width:2.5rem;height:2.5rem;margin:0 auto 1rem}
.tile{fill:var(--accent)}
.key{stroke:var(--on-accent)}
h1{margin:0 0 0.375rem;font-size:1.25rem;line-height:1.75rem;font-weight:600;letter-spacing:-0.02em;text-wrap:balance}
p{margin:0 0 0.75rem;color:var(--text-muted);overflow-wrap:anywhere;text-wrap:pretty}
.reference{margin:1.25rem 0 0;padding:0.75rem 0.875rem;border:1px solid var(--line);border-radius:var(--corner-md);background:var(--sunken);font-size:0.8125rem;text-align:start}
.detail{font-size:0.8125rem}
code{font-family:var(--type-mono);font-variant-ligatures:none;color:var(--text);user-select:all}
.start{display:block;width:100%;cursor:pointer;font-family:inherit;line-height:1.5;margin-top:1.25rem;padding:0.6rem 1.25rem;border:1px solid var(--control-line);border-radius:var(--corner-md);background:var(--control);box-shadow:var(--lift-low);color:var(--text);font-size:0.9375rem;font-weight:500;text-decoration:none}
.start:hover{background:var(--control-hover)}
.start:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.primary{border-color:transparent;background:var(--accent);color:var(--on-accent)}
.primary:hover{background:var(--accent-hover)}
.start + .start,form + .start{margin-top:0.625rem}
iframe{position:absolute;width:0;height:0;border:0;visibility:hidden}
@media (max-width:40rem){body{justify-content:flex-start}main{padding:1.75rem 1.25rem}}
`;
