using AgentPay.Web.PaymentTypes;
using System.Text.Json;

namespace AgentPay.Web.TwilioApi;

/// <summary>A payment session to start on a call: twilio.com/docs/voice/api/payment-resource. What is null is not sent, and Twilio's default holds.</summary>
public sealed record CreatePayment
{
    /// <summary>Belongs to the agent's action: the same on every try of it, another for the next action.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>Absolute; a relative one would be resolved against Twilio's own host.</summary>
    public required string StatusCallback { get; init; }

    public required PaymentGoal Goal { get; init; }

    public PaymentMethod? PaymentMethod { get; init; }

    /// <summary>For <see cref="PaymentMethod.AchDebit"/> only (64017).</summary>
    public BankAccountType? BankAccountType { get; init; }

    public string? PaymentConnector { get; init; }

    public string? Description { get; init; }

    /// <summary>Whether the postal code must be captured; Twilio's default is that it must.</summary>
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

    public PaymentInput? Input { get; init; }

    /// <summary>Passed through to the pay connector.</summary>
    public IReadOnlyDictionary<string, string>? Parameter { get; init; }

    internal FormFields ToForm()
    {
        var form = new FormFields();
        form.Require("IdempotencyKey", IdempotencyKey);
        form.Require("StatusCallback", StatusCallback);
        Goal.AddTo(form);
        form.Add("PaymentMethod", PaymentMethod);
        form.Add("BankAccountType", BankAccountType);
        form.Add("PaymentConnector", PaymentConnector);
        form.Add("Description", Description);
        form.Add("PostalCode", PostalCode);
        form.Add("MinPostalCodeLength", MinPostalCodeLength);
        form.Add("SecurityCode", SecurityCode);
        form.AddSeconds("Timeout", Timeout);
        form.Add("ValidCardTypes", Names(' ', ValidCardTypes));
        form.Add("RequireMatchingInputs", Names(',', RequireMatchingInputs));
        form.Add("Confirmation", Confirmation);
        form.Add("Input", Input);
        form.Add("Parameter", Parameter is null ? null : JsonSerializer.Serialize(Parameter));
        return form;
    }

    private static string? Names<TEnum>(char separator, IReadOnlyList<TEnum>? values) where TEnum : struct, Enum =>
        values is null ? null : string.Join(separator, values.Select(WireName.Of));
}
