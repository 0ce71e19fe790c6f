using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.CardData;

/// <summary>Masks the card numbers in a request, and logs which part of the request held them.</summary>
public sealed class CardDataGuard(IOptions<AgentPayOptions> options, ILogger<CardDataGuard> log)
{
    // The sandbox simulates telephones and the gateway, so its own requests may contain card numbers.
    private const string Sandbox = "/sandbox";

    private const int LongestLogged = 80;

    private static readonly HashSet<string> Addresses = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "To", "Caller", "Called", "ForwardedFrom", "CalledVia", "Uui",
    };

    // Fields of Twilio's payment callback that contain codes of the gateway.
    private static readonly HashSet<string> GatewayCodes = new(StringComparer.Ordinal)
    {
        "PaymentConfirmationCode", "PaymentToken", "ProfileId",
    };

    /// <summary>Whether requests to the path are masked. Those to the sandbox are not.</summary>
    public bool Covers(PathString path) => options.Value.Mode != AgentPayMode.Sandbox || !path.StartsWithSegments(Sandbox);

    /// <param name="path">The masked path of the request. It is logged with <paramref name="part"/> and <paramref name="key"/>.</param>
    /// <param name="part">The part of the request, such as <c>query</c> or <c>form</c>.</param>
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

    /// <summary>Masks a query that includes its question mark. Pairs without a card number keep their encoding.</summary>
    public string MaskQuery(string path, string query, string part = "query")
    {
        if (!MayContainCardNumber(query)) return query;
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

    // The percent-encoding of a digit contains a digit too, so that counting digits is enough.
    private static bool MayContainCardNumber(string query) => query.Count(char.IsAsciiDigit) >= CardBrands.ShortestNumber;

    private static TextKind KindOf(string key) =>
        GatewayCodes.Contains(key) ? TextKind.GatewayCode
        : Addresses.Contains(key) || key.StartsWith("SipHeader_", StringComparison.OrdinalIgnoreCase) ? TextKind.Address
        : TextKind.Any;

    // Makes a name or a path safe for the log: masked, on one line, and short.
    // Masking comes before truncation: half a card number would not be recognised.
    private static string Readable(string text) => OneLine.Of(CardNumbers.Mask(text), LongestLogged);
}
