/** The few rules of the error page, over the tokens of `app/tokens.css`. */
export const errorPageStyles = `
*{box-sizing:border-box}
body{margin:0;min-height:100dvh;display:flex;flex-direction:column;align-items:center;justify-content:center;padding:2rem 1rem;background:var(--canvas);color:var(--text);font:0.9375rem/1.6 var(--type-sans)}
main{width:100%;max-width:30rem;padding:2.25rem 2rem;background:var(--surface);border:1px solid var(--line);border-radius:var(--corner-xl);box-shadow:var(--lift-mid)}
.brand{margin:0 0 1.5rem;font-weight:600;letter-spacing:-0.01em;color:var(--accent-text)}
h1{margin:0 0 1rem;font-size:1.375rem;line-height:1.3;letter-spacing:-0.02em}
p{margin:0 0 1rem;overflow-wrap:anywhere}
.reference{padding:0.875rem 1rem;border:1px solid var(--line);border-radius:var(--corner-md);background:var(--sunken);color:var(--text-muted);font-size:0.8125rem}
code{font-family:var(--type-mono);color:var(--text);user-select:all}
main>p:last-child{margin:1.5rem 0 0}
a{color:var(--accent-text);font-weight:500;text-underline-offset:0.2em}
a:focus-visible{outline:2px solid var(--focus);outline-offset:3px;border-radius:2px}
@media (max-width:30rem){main{padding:1.75rem 1.25rem}}
`;
