using System.Globalization;
using System.Text;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// The URLs over which Twilio may have signed a request, as Twilio's own SDK for Node (6.2) tries them: the URL as it was received, the URL as a
/// browser normalises it, and that with its query parsed and written anew. Each with and without the port of its scheme.
/// </summary>
/// <remarks>The path is one of AgentPay's own routes, which normalisation does not change.</remarks>
internal static class SignedUrls
{
    /// <summary>The legacy parser of Node reads no more pairs.</summary>
    private const int MostPairs = 1000;

    /// <summary>What Node leaves as it is and <see cref="Uri.EscapeDataString(string)"/> escapes.</summary>
    private static readonly (string Escaped, string Plain)[] Unescaped = [("%21", "!"), ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*")];

    /// <summary>Without repetition; the URL as it was received comes first.</summary>
    public static IEnumerable<string> Of(string url)
    {
        var normal = Normalise(url);
        return new[] { url, normal, RewriteQuery(normal) }.SelectMany(PortVariants).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> PortVariants(string url)
    {
        yield return url;
        var (scheme, authority, rest) = PublicUrl.Split(url);
        if (PortOf(authority) is { } port) yield return scheme + authority[..port] + rest;
        else yield return scheme + authority + (IsHttp(scheme) ? ":80" : ":443") + rest;
    }

    /// <summary>Scheme and host in small letters, no default port, and what a URL cannot hold escaped in the query; an apostrophe is such a character.</summary>
    private static string Normalise(string url)
    {
        var (scheme, authority, rest) = PublicUrl.Split(url);
        if (PortOf(authority) is { } port && authority[port..] == (IsHttp(scheme) ? ":80" : ":443")) authority = authority[..port];
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        return scheme.ToLowerInvariant() + authority.ToLowerInvariant() + (query < 0 ? rest : rest[..query] + string.Concat(rest[query..].EnumerateRunes().Select(Escape)));
    }

    private static string Escape(Rune character) =>
        character.Value is > ' ' and <= '~' and not '"' and not '#' and not '<' and not '>' and not '\'' ? character.ToString() : Uri.EscapeDataString(character.ToString());

    private static string RewriteQuery(string url)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        if (query < 0 || query == url.Length - 1) return url;
        var pairs = url[(query + 1)..].Split('&').Where(pair => pair.Length > 0).Take(MostPairs).Select(pair => pair.Split('=', 2)).Select(pair => (Name: Decode(pair[0]), Value: Decode(pair.ElementAtOrDefault(1) ?? "")));
        // As JavaScript orders the properties of an object: names that are array indices first, then the others as they came.
        var byName = pairs.GroupBy(pair => pair.Name, StringComparer.Ordinal).OrderBy(group => IndexOf(group.Key) ?? long.MaxValue);
        return url[..(query + 1)] + string.Join('&', byName.SelectMany(group => group.Select(pair => $"{Encode(pair.Name)}={Encode(pair.Value)}")));
    }

    /// <summary>Escapes that are malformed stay as they are; bytes that are no UTF-8 become U+FFFD.</summary>
    private static string Decode(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%' && at + 2 < text.Length && byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped))
            {
                bytes.Add(escaped);
                at += 2;
            }
            else
            {
                bytes.Add((byte)(text[at] == '+' ? ' ' : text[at]));
            }
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string Encode(string text) => Unescaped.Aggregate(Uri.EscapeDataString(text), (encoded, pair) => encoded.Replace(pair.Escaped, pair.Plain, StringComparison.Ordinal));

    private static long? IndexOf(string name) =>
        uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < uint.MaxValue && name == index.ToString(CultureInfo.InvariantCulture) ? index : null;

    /// <summary>Where the port begins, with its colon; null when there is none.</summary>
    private static int? PortOf(string authority) => authority.LastIndexOf(':') is var colon && colon > authority.LastIndexOf(']') ? colon : null;

    private static bool IsHttp(string scheme) => scheme.Equals("http://", StringComparison.OrdinalIgnoreCase);
}
