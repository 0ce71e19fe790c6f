using System.Text.RegularExpressions;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>
/// A SIP URI as the <c>Sip</c> noun accepts it: <c>sip:user@host;transport=tls?User-to-User=abc</c>. The scheme is optional.
/// </summary>
/// <param name="User">The part before the @, such as <c>+61280000000</c>.</param>
/// <param name="Uri">The URI with the scheme and without headers.</param>
/// <param name="Headers">The headers that Twilio passes on, decoded.</param>
public sealed partial record SipAddress(string User, string Uri, IReadOnlyDictionary<string, string> Headers)
{
    private const int UriLengthLimit = 255;
    private const int HeadersLengthLimit = 1024;
    private static readonly string[] PassedHeaders = ["User-to-User", "Remote-Party-ID", "P-Preferred-Identity", "P-Called-Party-ID"];

    /// <summary>Returns null if the text is not a SIP URI or is too long for Twilio.</summary>
    public static SipAddress? Parse(string? text)
    {
        var (address, headers) = text?.Trim().Split('?', 2) switch
        {
            [var a, var h] => (a, h),
            [var a] => (a, ""),
            _ => ("", ""),
        };
        if (SipUri().Match(address) is not { Success: true } match) return null;
        var uri = match.Groups["scheme"].Success ? address : "sip:" + address;
        if (uri.Length >= UriLengthLimit || headers.Length >= HeadersLengthLimit) return null;
        return new(match.Groups["user"].Value, uri, Read(headers));
    }

    private static Dictionary<string, string> Read(string headers)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in headers.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var n, var v] ? (n, System.Uri.UnescapeDataString(v)) : (pair, "");
            if (IsPassedOn(name) && !value.Any(char.IsControl)) read[name] = value;
        }
        return read;
    }

    private static bool IsPassedOn(string name) =>
        (name.Length > 2 && name.StartsWith("X-", StringComparison.OrdinalIgnoreCase))
        || PassedHeaders.Contains(name, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?<scheme>sips?:)?(?<user>[^\s@:;?<>""]+)@[A-Za-z0-9.\-]+(:[0-9]{1,5})?(;[^\s?<>""]*)?\z")]
    private static partial Regex SipUri();
}
