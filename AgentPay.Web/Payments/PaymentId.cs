using System.Diagnostics.CodeAnalysis;

namespace AgentPay.Web.Payments;

/// <summary>Our own id of a payment, made before Twilio is called: 32 hexadecimal digits that sort by time.</summary>
public readonly record struct PaymentId
{
    private readonly Guid _value;

    private PaymentId(Guid value) => _value = value;

    public static PaymentId New(DateTimeOffset at) => new(Guid.CreateVersion7(at));

    public static bool TryParse([NotNullWhen(true)] string? text, out PaymentId id)
    {
        var parsed = Guid.TryParseExact(text, "N", out var value);
        id = new(value);
        return parsed;
    }

    public override string ToString() => _value.ToString("N");
}
