using System.Security.Cryptography;
using System.Text;

namespace AgentPay.Web.Sandbox.Pages;

/// <summary>The look of the sandbox's pages. It is part of each page, and the content security policy admits it by its hash.</summary>
public static class SandboxStyle
{
    // A browser reads every line ending as one line feed before it hashes.
    public static readonly string Sheet = Source.ReplaceLineEndings("\n");

    public static readonly string Hash = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Sheet)));

    private const string Source =
        """
        :root {
          color-scheme: light dark;
          --page: #f3f5f8; --card: #ffffff; --text: #1b2430; --quiet: #556274; --line: #d9dfe7;
          --accent: #0b63b5; --hover: #eef5fc; --code: #f3f5f8; --badge: #dbe7f3; --badge-text: #17456f; --note: #fff6dd; --note-text: #634700;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #12161c; --card: #1b2129; --text: #e8edf3; --quiet: #a3b0bf; --line: #333d49;
            --accent: #7cb8f2; --hover: #232c37; --code: #12161c; --badge: #27384a; --badge-text: #bfdcf7; --note: #3a2f10; --note-text: #f5dd9d;
          }
        }
        *, *::before, *::after { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        header { display: flex; align-items: center; justify-content: center; gap: .6rem; padding: 1.5rem 1rem 1rem; font-weight: 600; }
        header .badge { background: var(--note); color: var(--note-text); }
        main { width: min(100% - 1.5rem, 27rem); margin: 0 auto 3rem; }
        main.wide { width: min(100% - 1.5rem, 56rem); }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.5rem; margin-bottom: 1rem; }
        h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; }
        h2 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 .5rem; }
        p { margin: 0 0 1rem; }
        p:last-child, pre:last-child { margin-bottom: 0; }
        a { color: var(--accent); }
        .quiet { color: var(--quiet); }
        dl + .quiet { margin-top: 1.25rem; }
        .card + .quiet { text-align: center; font-size: .875rem; }
        .badge { flex: none; border-radius: 1rem; padding: .1rem .6rem; font-size: .8125rem; font-weight: 600; background: var(--badge); color: var(--badge-text); }
        code, pre { font-family: ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, monospace; font-size: .875rem; overflow-wrap: anywhere; }
        pre { margin: 0 0 1rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--code); white-space: pre-wrap; }
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
        .initials { flex: none; display: grid; place-items: center; width: 2.5rem; height: 2.5rem; border-radius: 50%; background: var(--badge); color: var(--badge-text); font-weight: 600; font-size: .875rem; }
        .accounts { margin: 1.25rem -.5rem; }
        .accounts .person { padding: .65rem .5rem; outline-offset: -3px; border: 0; border-radius: .5rem; background: none; font-weight: 400; }
        .accounts .person:hover { background: var(--hover); }
        .accounts .suggested { background: var(--hover); }
        .people li { padding: .5rem 0; border-top: 1px solid var(--line); }
        .people li:first-child { border-top: 0; }
        button, select { font: inherit; color: inherit; }
        button { cursor: pointer; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); padding: .5rem 1.1rem; font-weight: 600; }
        button:hover { background: var(--hover); }
        button.primary { background: var(--accent); border-color: var(--accent); color: var(--card); }
        button.primary:hover { filter: brightness(1.1); }
        select { width: 100%; padding: .5rem; border: 1px solid var(--quiet); border-radius: .5rem; background: var(--card); }
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
