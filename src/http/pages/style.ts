import { createHash } from "node:crypto";

/**
 * The one style sheet of the pages. Type is the system's own, colours have a contrast of at least 4.5:1, and nothing is
 * loaded from elsewhere. It stands in a module so that the compiled program carries it.
 */
export const STYLE = `
:root {
  --ink: #1b2631; --soft: #52616f; --line: #d9dfe5; --ground: #f4f6f8; --paper: #ffffff;
  --brand: #0f4c5c; --brand-dark: #0a3742; --accent: #a8481b; --good: #1d6b3a; --bad: #a3221d; --note: #fff4d6;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
.inner { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .5rem 1rem; }
.top { background: var(--brand-dark); color: #fff; border-bottom: 4px solid var(--accent); }
.top .inner { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.25rem; padding-top: .8rem; padding-bottom: .8rem; }
.brand { display: flex; align-items: center; gap: .6rem; color: #fff; text-decoration: none; font-size: 1.35rem; font-weight: 650; letter-spacing: .01em; }
.mark { display: grid; place-items: center; width: 2rem; height: 2rem; border-radius: .35rem; background: #fff; color: var(--brand-dark); font-weight: 750; }
.purpose { margin: 0; flex: 1 1 20rem; color: #d5e3e7; }
.languages { display: flex; gap: .9rem; } .languages a { color: #fff; } .languages span { color: #fff; font-weight: 650; }
.banner { margin: 0; padding: .6rem 1.25rem; background: var(--note); border-bottom: 1px solid #e6cf8b; text-align: center; font-weight: 600; }
main.inner { padding-top: 1.75rem; padding-bottom: 2rem; }
h1 { margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 0 0 .75rem; font-size: 1.15rem; line-height: 1.3; }
h3 { margin: 1.25rem 0 .5rem; font-size: 1rem; }
p { margin: 0 0 .75rem; } .small { color: var(--soft); font-size: .875rem; } .card > :last-child { margin-bottom: 0; }
a { color: var(--brand); } a:hover { color: var(--accent); }
:focus-visible { outline: 3px solid #e08a3c; outline-offset: 2px; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: 1.25rem 1.35rem; margin-bottom: 1.25rem; }
.columns { display: grid; gap: 0 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); align-items: start; }
.figures { display: grid; gap: 1px; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); margin: 0 0 .9rem; background: var(--line); border: 1px solid var(--line); border-radius: .4rem; overflow: hidden; }
.figures div { background: var(--paper); padding: .8rem 1rem; }
.figures dt { color: var(--soft); font-size: .875rem; } .figures dd { margin: .1rem 0 0; font-size: 1.15rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.figures dd small { display: block; font-size: .8rem; font-weight: 400; color: var(--soft); }
.scroll { overflow-x: auto; margin-bottom: .75rem; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .45rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 600; } thead th { color: var(--soft); font-size: .875rem; }
thead th { border-bottom: 2px solid var(--brand); } tbody tr:last-child > * { border-bottom: 0; }
.number { text-align: right; white-space: nowrap; } .nowrap { white-space: nowrap; } .part th { padding-left: 1.8rem; font-weight: 400; }
code { font: .94em/1.4 ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
label { display: block; font-weight: 600; margin-bottom: .25rem; } .hint { display: block; color: var(--soft); font-size: .875rem; font-weight: 400; }
input[type=text], input[type=number], select { width: 100%; padding: .55rem .65rem; border: 1px solid #8795a1; border-radius: .35rem; background: #fff; color: inherit; font: inherit; }
input[type=file] { width: 100%; padding: .5rem; border: 1px dashed #8795a1; border-radius: .35rem; background: var(--ground); font: inherit; }
.field { margin-bottom: .9rem; } .row { display: grid; gap: 0 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 12rem), 1fr)); }
fieldset { margin: 0 0 .75rem; padding: 0; border: 0; min-width: 0; } td > select, td > input[type=text] { min-width: 9rem; } td > select + select { margin-top: .35rem; }
.check { display: flex; gap: .55rem; align-items: baseline; font-weight: 400; } details { margin-bottom: .9rem; } summary { cursor: pointer; color: var(--brand); font-weight: 600; margin-bottom: .6rem; }
.button { display: inline-block; padding: .55rem 1.1rem; border: 0; border-radius: .35rem; background: var(--brand); color: #fff; font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
.button.quiet { background: var(--paper); color: var(--bad); border: 1px solid currentcolor; } .button.quiet:hover { background: #fbe4e2; color: var(--bad); }
.button:disabled { opacity: .55; cursor: default; }
.button:hover { background: var(--brand-dark); color: #fff; }
.state { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; font-size: .875rem; font-weight: 650; background: #e3e9ee; color: var(--ink); }
.state.good { background: #dff1e5; color: var(--good); } .state.bad { background: #fbe4e2; color: var(--bad); }
progress { width: 100%; height: 1rem; accent-color: var(--brand); }
footer.inner { padding-top: 1rem; padding-bottom: 2rem; color: var(--soft); font-size: .875rem; }
@media print { .top, .languages, form, footer, .button { display: none; } body { background: #fff; } .card { border: 0; padding: 0; } }
`.trim();

const version = createHash("sha256").update(STYLE).digest("hex").slice(0, 12);

/** Changes with the content, so that browsers may keep it for ever. */
export const STYLE_PATH = `/assets/tandai-${version}.css`;

/** The sign of the service for browser tabs. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0a3742"/><path d="M7 8h18v4.5h-6.6V26h-4.8V12.5H7z" fill="#fff"/><circle cx="25" cy="24" r="3.5" fill="#e08a3c"/></svg>`;
