using AgentPay.Web.PaymentTypes;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace AgentPay.Web.TwilioApi;

/// <summary>An account, or a subaccount: <c>AC</c> and 32 hexadecimal digits.</summary>
[JsonConverter(typeof(SidJsonConverter<AccountSid>))]
public readonly record struct AccountSid : ISid<AccountSid>
{
    private readonly string? _text;

    private AccountSid(string text) => _text = text;

    static string ISid<AccountSid>.Prefix => "AC";

    static AccountSid ISid<AccountSid>.Of(string text) => new(text);

    /// <exception cref="FormatException">The text is anything else.</exception>
    public static AccountSid Parse(string text) => SidText.Parse<AccountSid>(text);

    public static bool TryParse([NotNullWhen(true)] string? text, out AccountSid sid) => SidText.TryParse(text, out sid);

    public override string ToString() => _text ?? "";
}
