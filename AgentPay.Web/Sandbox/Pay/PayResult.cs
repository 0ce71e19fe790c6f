using System.Globalization;

namespace AgentPay.Web.Sandbox.Pay;

// The end of a session: the value of Result in the last callback, and its additional parameters.
public sealed record PayResult(string Name, params KeyValuePair<string, string>[] Parameters)
{
    public static readonly PayResult InterruptedWithStar = new("caller-interrupted-with-star");
    public static readonly PayResult HungUp = new("caller-hung-up");
    public static readonly PayResult Cancelled = new("transaction-cancelled");
    public static readonly PayResult ValidationError = new("validation-error");
    public static readonly PayResult TooManyFailedAttempts = new("too-many-failed-attempts");
    public static readonly PayResult InternalError = new("internal-error");

    // A charge has a confirmation code and no token. A tokenization has a token, a profile and no confirmation code.
    public static PayResult Of(ConnectorOutcome outcome, bool isCharge)
    {
        if (outcome.Id is not { } id) return Failed(outcome);
        return new(
            "success",
            new("PaymentToken", isCharge ? "" : id),
            new("PaymentConfirmationCode", isCharge ? id : ""),
            new("ProfileId", isCharge ? "" : Guid.NewGuid().ToString()));
    }

    public static PayResult Failed(ConnectorOutcome outcome)
    {
        var error = KeyValuePair.Create("PaymentError", outcome.Error ?? "");
        var code = KeyValuePair.Create("PayErrorCode", outcome.PayErrorCode.ToString(CultureInfo.InvariantCulture));
        return outcome.ConnectorError is { } said
            ? new("payment-connector-error", error, code, KeyValuePair.Create("ConnectorError", said))
            : new("payment-connector-error", error, code);
    }
}
