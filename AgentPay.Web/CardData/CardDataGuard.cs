using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.CardData;

/// <summary>Masks the card numbers in what a request brings, and says in the log where they came in. Most requests bring none, and cost a scan.</summary>
public sealed class CardDataGuard(IOptions<AgentPayOptions> options, ILogger<CardDataGuard> log)
{
    /// <summary>In its own mode, the telephone network and the gateway live in this process: they are where card numbers belong.</summary>
    private const string Sandbox = "/sandbox";

    private const int LongestLogged = 80;

    private static readonly HashSet<string> Addresses = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "To", "Caller", "Called", "ForwardedFrom", "CalledVia", "Uui",
    };

    /// <summary>Fields of Twilio's payment callback that the gateway has written.</summary>
    private static readonly HashSet<string> GatewayCodes = new(StringComparer.Ordinal) { "PaymentConfirmationCode", "PaymentToken", "ProfileId" };

    /// <summary>Whether requests to the path are AgentPay's own, and not the sandbox's.</summary>
    public bool Covers(PathString path) => options.Value.Mode != AgentPayMode.Sandbox || !path.StartsWithSegments(Sandbox);

    /// <param name="path">What was asked for, without card numbers; as <paramref name="part"/> and <paramref name="key"/> it goes into the log.</param>
    /// <param name="part">Of the request, in a word: <c>query</c>, <c>form</c>.</param>
    public string Mask(string path, string part, string key, string value)
    {
        var masked = CardNumbers.Mask(value, KindOf(key));
        if (!ReferenceEquals(masked, value)) log.CardNumberReceived(Readable(key), part, Readable(path));
        return masked;
    }

    public StringValues Mask(string path, string part, string key, StringValues values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value || ReferenceEquals(Mask(path, part, key, value), value)) continue;
            return new([.. values.Select(v => v is null ? null : CardNumbers.Mask(v, KindOf(key)))]);
        }
        return values;
    }

    /// <summary>A query with its question mark. What holds no card number stays as it was written.</summary>
    public string MaskQuery(string path, string query, string part = "query")
    {
        if (!CardNumbersMayBeIn(query)) return query;
        var masked = new StringBuilder();
        var isChanged = false;
        foreach (var pair in new QueryStringEnumerable(query))
        {
            var (name, value) = (pair.DecodeName().ToString(), pair.DecodeValue().ToString());
            var (newName, newValue) = (Mask(path, part, "a name", name), Mask(path, part, name, value));
            var isPairChanged = newName != name || newValue != value;
            isChanged |= isPairChanged;
            masked.Append(masked.Length == 0 ? '?' : '&')
                .Append(isPairChanged ? Uri.EscapeDataString(newName) : pair.EncodedName.Span)
                .Append('=')
                .Append(isPairChanged ? Uri.EscapeDataString(newValue) : pair.EncodedValue.Span);
        }
        return isChanged ? masked.ToString() : query;
    }

    /// <summary>Each digit of a card number is one here, or has one in its percent-encoding.</summary>
    private static bool CardNumbersMayBeIn(string query) => query.Count(char.IsAsciiDigit) >= CardBrands.ShortestNumber;

    private static TextKind KindOf(string key) =>
        GatewayCodes.Contains(key) ? TextKind.GatewayCode
        : Addresses.Contains(key) || key.StartsWith("SipHeader_", StringComparison.OrdinalIgnoreCase) ? TextKind.Address
        : TextKind.Any;

    /// <summary>Names and paths are the sender's too: no card number, no second line in the log, and no end.</summary>
    // Masked before it is cut: of half a card number nobody can tell that it is one.
    private static string Readable(string text) => OneLine.Of(CardNumbers.Mask(text), LongestLogged);
}
