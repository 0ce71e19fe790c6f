using System.Text.Json;
using AgentPay.Web.PaymentTypes;
using Twilio.Rest.Api.V2010.Account.Call;
using static AgentPay.Web.TwilioApi.PathSegment;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// A payment session to start on a call: twilio.com/docs/voice/api/payment-resource. Null values are not sent, so Twilio's defaults apply.
/// </summary>
public sealed record CreatePayment
{
    /// <summary>Identifies one action of the agent. All retries of the action have the same key.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>An absolute URL. Twilio resolves a relative URL against its own host.</summary>
    public required string StatusCallback { get; init; }

    public required PaymentGoal Goal { get; init; }

    public PaymentMethod? PaymentMethod { get; init; }

    /// <summary>For <see cref="PaymentMethod.AchDebit"/> only (64017).</summary>
    public BankAccountType? BankAccountType { get; init; }

    public string? PaymentConnector { get; init; }

    public string? Description { get; init; }

    /// <summary>Whether the field must be captured. Twilio's default is true.</summary>
    public bool? PostalCode { get; init; }

    public int? MinPostalCodeLength { get; init; }

    /// <inheritdoc cref="PostalCode"/>
    public bool? SecurityCode { get; init; }

    /// <summary>The longest pause between two digits, in whole seconds up to 600.</summary>
    public TimeSpan? Timeout { get; init; }

    public IReadOnlyList<CardType>? ValidCardTypes { get; init; }

    public IReadOnlyList<CaptureField>? RequireMatchingInputs { get; init; }

    /// <summary>The caller hears the last four digits and confirms them with a key.</summary>
    public bool? Confirmation { get; init; }

    /// <summary>Passed through to the pay connector.</summary>
    public IReadOnlyDictionary<string, string>? Parameter { get; init; }

    internal CreatePaymentOptions ToOptions(CallSid call)
    {
        var options = new CreatePaymentOptions(
            Escape(call.ToString()),
            Wire.Required(nameof(IdempotencyKey), IdempotencyKey),
            new(Wire.Required(nameof(StatusCallback), StatusCallback)))
        {
            PaymentMethod = PaymentMethod is { } method ? (PaymentResource.PaymentMethodEnum)WireName.Of(method) : null,
            BankAccountType = BankAccountType is { } type ? (PaymentResource.BankAccountTypeEnum)WireName.Of(type) : null,
            PaymentConnector = PaymentConnector,
            Description = Description,
            PostalCode = PostalCode,
            MinPostalCodeLength = MinPostalCodeLength,
            SecurityCode = SecurityCode,
            Timeout = Wire.Seconds(Timeout),
            ValidCardTypes = Names(' ', ValidCardTypes),
            RequireMatchingInputs = Names(',', RequireMatchingInputs),
            Confirmation = Confirmation switch
            {
                true => PaymentResource.ConfirmationEnum.True,
                false => PaymentResource.ConfirmationEnum.False,
                null => null,
            },
            Parameter = Parameter is null ? null : JsonSerializer.Serialize(Parameter),
        };
        Goal.AddTo(options);
        return options;
    }

    private static string? Names<TEnum>(char separator, IReadOnlyList<TEnum>? values) where TEnum : struct, Enum =>
        values is null ? null : string.Join(separator, values.Select(WireName.Of));
}
