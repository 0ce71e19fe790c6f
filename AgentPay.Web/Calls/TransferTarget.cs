using System.Text.RegularExpressions;

namespace AgentPay.Web.Calls;

// The party to whom the PBX transfers a call. Name is compared with Voice:TransferTargets and shown to agents. Uri is the SIP URI to dial;
// null for a telephone number, which is the Name.
internal sealed partial record TransferTarget(string Name, string? Uri)
{
    private const string Sip = "sip:";

    // Twilio accepts SIP URIs of fewer than 255 characters.
    private const int MaxUriLength = 254;

    // Reads Twilio's ReferTransferTarget: the Refer-To header, such as <sip:1002@pbx.example.com?User-to-User=1> or <tel:+61280000001>.
    // Headers are dropped: AgentPay sends the UUI of the call, and Twilio does not support Replaces. Null when it cannot be read.
    public static TransferTarget? Read(string? referTo, VoiceOptions voice)
    {
        if (Address().Match(referTo ?? "") is not { Success: true } match) return null;
        var user = System.Uri.UnescapeDataString(match.Groups["user"].Value);
        if (match.Groups["tel"].Success) return OfNumber(Separators().Replace(match.Groups["tel"].Value, ""), voice);
        if (!User().IsMatch(user)) return null;
        var host = match.Groups["host"].Value.ToLowerInvariant();
        if (host.Equals(voice.OriginationHost, StringComparison.OrdinalIgnoreCase)) return Extension(user, voice);
        // A PBX that registers with Twilio writes Twilio's host for its own extensions and for telephone numbers.
        if (host.EndsWith(".twilio.com", StringComparison.Ordinal)) return OfNumber(user, voice);
        var name = $"{Sip}{user}@{host}";
        return Limited(new(name, name + match.Groups["port"].Value + Transport().Match(match.Groups["parameters"].Value).Value));
    }

    // Without patterns, only extensions of the PBX are allowed. A pattern with "sip:" allows SIP URIs on other hosts, one with "+" allows
    // telephone numbers, and any other allows extensions.
    public bool IsAllowedBy(IReadOnlyList<string> patterns) =>
        patterns.Count == 0 ? Uri is not null && !IsForeign : patterns.Any(Matches);

    // What the target is, for the log: without its name, which may be a person's.
    public string Kind => Uri is null ? "a telephone number" : IsForeign ? "a SIP address on another host" : "an extension of the PBX";

    private bool IsForeign => Name.StartsWith(Sip, StringComparison.Ordinal);

    private bool Matches(string pattern)
    {
        var isForItsKind = IsForeign ? pattern.StartsWith(Sip, StringComparison.OrdinalIgnoreCase)
            : Uri is not null ? !pattern.StartsWith(Sip, StringComparison.OrdinalIgnoreCase)
            : pattern.StartsWith('+');
        var expression = $@"^{Regex.Escape(pattern).Replace(@"\*", "[^@]*", StringComparison.Ordinal)}\z";
        return isForItsKind
            && Regex.IsMatch(Name, expression, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    private static TransferTarget? OfNumber(string user, VoiceOptions voice) =>
        DialledNumber.Read($"{Sip}{user}@x", voice.DefaultCountry).Number is { } number ? new(number, null)
        : User().IsMatch(user) ? Extension(user, voice)
        : null;

    private static TransferTarget? Extension(string user, VoiceOptions voice) =>
        Limited(new(user, $"{Sip}{user}@{voice.OriginationUri}"));

    private static TransferTarget? Limited(TransferTarget target) => target.Uri!.Length <= MaxUriLength ? target : null;

    // Without characters of feature codes, such as *72.
    [GeneratedRegex(@"^\+?[A-Za-z0-9_][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex User();

    [GeneratedRegex(@"[-.() ]")]
    private static partial Regex Separators();

    [GeneratedRegex(@";transport=(udp|tcp|tls)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Transport();

    [GeneratedRegex(
        @"^\s*("".*""\s*|[^<""]*)<?(tel:(?<tel>[+0-9A-Za-z().-]+)(;[^>]*)?"
        + @"|sips?:(?<user>[^@;?<>\s]+)(;[^@?>]*)?@(?<host>[A-Za-z0-9.-]+)(?<port>:[0-9]{1,5})?(?<parameters>;[^?>]*)?(\?[^>]*)?)>?\s*\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
