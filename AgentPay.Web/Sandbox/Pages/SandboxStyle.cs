using System.Security.Cryptography;
using System.Text;

namespace AgentPay.Web.Sandbox.Pages;

/// <summary>
/// The style sheet of the sandbox's pages, in the colours and the font of the console.
/// It is part of each page, and the Content Security Policy allows it by its hash.
/// The sandbox also runs without the console, so it links none of the console's style sheets. Without the font, the system font is used.
/// </summary>
public static class SandboxStyle
{
    // Browsers normalise line endings to line feeds before they compute the hash.
    public static readonly string Sheet = Source.ReplaceLineEndings("\n");

    public static readonly string Hash = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Sheet)));

    private const string Source =
        """
        @font-face {
          font-family: "Inter Variable"; font-display: swap; font-weight: 100 900;
          src: url("/fonts/inter-latin-wght-normal.woff2") format("woff2");
        }
        :root {
          color-scheme: light dark;
          --page: light-dark(#f4f6fa, #0d131b); --card: light-dark(#ffffff, #161f2b); --line: light-dark(#dfe4ec, #2a3646);
          --text: light-dark(#17202c, #e7edf5); --quiet: light-dark(#50607a, #a6b4c6); --accent: light-dark(#0b5cad, #86bdf5);
          --hover: light-dark(#f1f5fb, #1c2836); --code: light-dark(#f3f5f9, #111925);
          --badge: light-dark(#e4effb, #18304a); --badge-text: light-dark(#0b5cad, #86bdf5);
          --note: light-dark(#fdf1d6, #352a0e); --note-text: light-dark(#8a5300, #f2cf7e);
        }
        html[data-appearance=light] { color-scheme: light; }
        html[data-appearance=dark] { color-scheme: dark; }
        *, *::before, *::after { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body {
          margin: 0; background: var(--page); color: var(--text);
          font: .9375rem/1.5 "Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
        }
        header {
          display: flex; align-items: center; justify-content: center; gap: .6rem; padding: 1.5rem 1rem 1rem; font-size: 1.0625rem;
          font-weight: 650;
        }
        header .badge { background: var(--note); color: var(--note-text); }
        main { width: min(100% - 1.5rem, 27rem); margin: 0 auto 3rem; }
        main.wide { width: min(100% - 1.5rem, 56rem); }
        .card {
          background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.5rem; margin-bottom: 1rem;
          box-shadow: 0 1px 2px rgba(20, 32, 51, .05), 0 4px 14px rgba(20, 32, 51, .04);
        }
        h1 { font-size: 1.375rem; font-weight: 650; line-height: 1.3; letter-spacing: -.012em; margin: 0 0 .25rem; }
        h2 { font-size: 1.0625rem; font-weight: 650; line-height: 1.35; margin: 0 0 .5rem; }
        p { margin: 0 0 1rem; }
        p:last-child, pre:last-child { margin-bottom: 0; }
        a { color: var(--accent); }
        .quiet { color: var(--quiet); }
        dl + .quiet { margin-top: 1.25rem; }
        .card + .quiet { text-align: center; font-size: .875rem; }
        .badge {
          flex: none; border-radius: 1rem; padding: .1rem .6rem; font-size: .8125rem; font-weight: 600; background: var(--badge);
          color: var(--badge-text);
        }
        code, pre {
          font-family: ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, monospace; font-size: .875rem; overflow-wrap: anywhere;
        }
        pre {
          margin: 0 0 1rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--code);
          white-space: pre-wrap;
        }
        dl { margin: 0; }
        dl > div { display: grid; grid-template-columns: 13rem 1fr; gap: 0 1rem; padding: .45rem 0; border-top: 1px solid var(--line); }
        dl > div:first-child { border-top: 0; }
        dt { color: var(--quiet); }
        dd { margin: 0; min-width: 0; }
        .plain { list-style: none; margin: 0; padding: 0; }
        .person { display: flex; align-items: center; gap: .75rem; width: 100%; text-align: start; }
        .person .who { flex: 1; min-width: 0; }
        .person .name, .person .user { display: block; overflow-wrap: anywhere; }
        .person .name { font-weight: 600; }
        .person .user { font-size: .875rem; color: var(--quiet); }
        .initials {
          flex: none; display: grid; place-items: center; width: 2.5rem; height: 2.5rem; border-radius: 50%; background: var(--badge);
          color: var(--badge-text); font-weight: 600; font-size: .875rem;
        }
        .accounts { margin: 1.25rem -.5rem; }
        .accounts .person {
          padding: .65rem .5rem; outline-offset: -3px; border: 0; border-radius: 10px; background: none; font-weight: 400;
        }
        .accounts .person:hover { background: var(--hover); }
        .accounts .suggested { background: var(--hover); }
        .people li { padding: .5rem 0; border-top: 1px solid var(--line); }
        .people li:first-child { border-top: 0; }
        button, select { font: inherit; color: inherit; }
        button {
          cursor: pointer; border: 1px solid var(--line); border-radius: 10px; background: var(--card); padding: .5rem 1.1rem;
          font-weight: 600;
        }
        button:hover { background: var(--hover); }
        button.primary { background: var(--accent); border-color: var(--accent); color: var(--card); }
        button.primary:hover { filter: brightness(1.1); }
        select { width: 100%; padding: .5rem; border: 1px solid var(--quiet); border-radius: 10px; background: var(--card); }
        label { display: block; margin: .75rem 0 .25rem; }
        details { margin-bottom: 1.25rem; padding-top: 1rem; border-top: 1px solid var(--line); }
        summary { cursor: pointer; color: var(--quiet); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .5rem; }
        @media (max-width: 40rem) {
          .card { padding: 1.25rem 1rem; }
          dl > div { grid-template-columns: 1fr; }
          code, pre { font-size: .8125rem; }
        }
        @media (max-width: 26rem) {
          .initials { display: none; }
        }
        """;
}
