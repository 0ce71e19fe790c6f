using System.Text.RegularExpressions;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>A SIP URI as the <c>Sip</c> noun takes it: <c>sip:user@host;transport=tls?User-to-User=abc</c>, the scheme optional.</summary>
/// <param name="User">The part before the @, such as <c>+61280000000</c>.</param>
/// <param name="Uri">With the scheme, without headers.</param>
/// <param name="Headers">Those that Twilio passes on, decoded.</param>
public sealed partial record SipAddress(string User, string Uri, IReadOnlyDictionary<string, string> Headers)
{
    private const int LongestUri = 255;
    private const int LongestHeaders = 1024;
    private static readonly string[] Passed = ["User-to-User", "Remote-Party-ID", "P-Preferred-Identity", "P-Called-Party-ID"];

    /// <summary>Null when the text is no SIP URI, or longer than Twilio takes.</summary>
    public static SipAddress? Parse(string? text)
    {
        var (address, headers) = text?.Trim().Split('?', 2) switch
        {
            [var a, var h] => (a, h),
            [var a] => (a, ""),
            _ => ("", ""),
        };
        if (Shape().Match(address) is not { Success: true } match) return null;
        var uri = match.Groups["scheme"].Success ? address : "sip:" + address;
        return uri.Length >= LongestUri || headers.Length >= LongestHeaders ? null : new(match.Groups["user"].Value, uri, Read(headers));
    }

    private static Dictionary<string, string> Read(string headers)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in headers.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var n, var v] ? (n, System.Uri.UnescapeDataString(v)) : (pair, "");
            if (IsPassed(name) && !value.Any(char.IsControl)) read[name] = value;
        }
        return read;
    }

    private static bool IsPassed(string name) =>
        (name.Length > 2 && name.StartsWith("X-", StringComparison.OrdinalIgnoreCase)) || Passed.Contains(name, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?<scheme>sips?:)?(?<user>[^\s@:;?<>""]+)@[A-Za-z0-9.\-]+(:[0-9]{1,5})?(;[^\s?<>""]*)?\z")]
    private static partial Regex Shape();
}
