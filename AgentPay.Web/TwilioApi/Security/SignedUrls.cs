using System.Globalization;
using System.Text;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// The URLs that Twilio may have signed. They are those that Twilio's SDK for Node (6.2) tries: the URL as received, the URL as a browser
/// normalises it, and the normalised URL with its query parsed and formatted again. Each is tried with and without the default port.
/// </summary>
/// <remarks>Paths are not normalised: those of AgentPay's webhooks need no normalisation.</remarks>
internal static class SignedUrls
{
    // Node's legacy parser ignores further pairs.
    private const int MostPairs = 1000;

    // Characters that Uri.EscapeDataString escapes and Node does not.
    private static readonly (string Escaped, string Plain)[] Unescaped =
        [("%21", "!"), ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*")];

    /// <summary>Returns the distinct candidates, starting with the URL as received. Computes each when it is read.</summary>
    public static IEnumerable<string> Of(string url) => Spellings(url).SelectMany(PortVariants).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Spellings(string url)
    {
        yield return url;
        var normal = Normalise(url);
        yield return normal;
        yield return RewriteQuery(normal);
    }

    private static IEnumerable<string> PortVariants(string url)
    {
        yield return url;
        var (scheme, authority, rest) = PublicUrl.Split(url);
        if (PortOf(authority) is { } port) yield return scheme + authority[..port] + rest;
        else yield return scheme + authority + (IsHttp(scheme) ? ":80" : ":443") + rest;
    }

    // Lower-cases scheme and host, removes the default port, and escapes apostrophes and characters in the query that a URL cannot contain.
    private static string Normalise(string url)
    {
        var (scheme, authority, rest) = PublicUrl.Split(url);
        if (PortOf(authority) is { } port && authority[port..] == (IsHttp(scheme) ? ":80" : ":443")) authority = authority[..port];
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var target = query < 0 ? rest : rest[..query] + string.Concat(rest[query..].EnumerateRunes().Select(Escape));
        return scheme.ToLowerInvariant() + authority.ToLowerInvariant() + target;
    }

    private static string Escape(Rune character) =>
        character.Value is > ' ' and <= '~' and not '"' and not '#' and not '<' and not '>' and not '\''
            ? character.ToString()
            : Uri.EscapeDataString(character.ToString());

    private static string RewriteQuery(string url)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        if (query < 0 || query == url.Length - 1) return url;
        var pairs = url[(query + 1)..].Split('&')
            .Where(pair => pair.Length > 0)
            .Take(MostPairs)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Decode(pair[0]), Value: Decode(pair.ElementAtOrDefault(1) ?? "")));
        // JavaScript orders the properties of an object like this: array indices first, then the other names in their original order.
        var byName = pairs.GroupBy(pair => pair.Name, StringComparer.Ordinal).OrderBy(group => IndexOf(group.Key) ?? long.MaxValue);
        var encoded = byName.SelectMany(group => group.Select(pair => $"{Encode(pair.Name)}={Encode(pair.Value)}"));
        return url[..(query + 1)] + string.Join('&', encoded);
    }

    // Keeps malformed escapes. Bytes that are not UTF-8 become U+FFFD.
    private static string Decode(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%' && at + 2 < text.Length && TryReadHex(text.AsSpan(at + 1, 2), out var escaped))
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

    private static bool TryReadHex(ReadOnlySpan<char> text, out byte value) =>
        byte.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    private static string Encode(string text) => Unescaped.Aggregate(
        Uri.EscapeDataString(text), (encoded, pair) => encoded.Replace(pair.Escaped, pair.Plain, StringComparison.Ordinal));

    // Returns the name as an array index of JavaScript; null if it is not one.
    private static long? IndexOf(string name)
    {
        var isNumber = uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        return isNumber && index < uint.MaxValue && name == index.ToString(CultureInfo.InvariantCulture) ? index : null;
    }

    // Returns the position of the colon before the port; null if there is no port.
    private static int? PortOf(string authority) =>
        authority.LastIndexOf(':') is var colon && colon > authority.LastIndexOf(']') ? colon : null;

    private static bool IsHttp(string scheme) => scheme.Equals("http://", StringComparison.OrdinalIgnoreCase);
}
