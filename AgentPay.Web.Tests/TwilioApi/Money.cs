using System.Globalization;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>Amounts for tests.</summary>
internal static class Money
{
    public static Currency Of(string code) =>
        Currency.TryParse(code, out var currency) ? currency : throw new ArgumentException(code, nameof(code));

    /// <param name="value">In major units, with a point.</param>
    public static PaymentGoal.Charge Charge(string value, string code) =>
        ChargeAmount.TryCreate(decimal.Parse(value, CultureInfo.InvariantCulture), Of(code), out var amount, out var problem)
            ? new(amount)
            : throw new ArgumentException(problem.ToString(), nameof(value));
}
