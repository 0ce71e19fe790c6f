namespace AgentPay.Web.Payments;

/// <summary>
/// What an outcome means. Twilio reports <c>success</c> when the connector has answered; some connectors say in an output of their own that the
/// gateway has declined.
/// </summary>
public static class OutcomeRules
{
    /// <summary>Twilio's word for a payment that the gateway has taken.</summary>
    public const string Success = "success";

    /// <summary>Our own word: success and a status of the connector contradict each other.</summary>
    public const string Unknown = "unknown";

    private const string StatusName = "status";
    private static readonly string[] NotPaidStatuses = ["DECLINED", "FAILED", "ERROR"];

    /// <summary>The phase that the outcome leads to, and the outcome as it is recorded.</summary>
    public static (PaymentPhase Phase, PaymentOutcome Outcome) Judge(PaymentPlan plan, PaymentOutcome outcome) => outcome.Result switch
    {
        Success when OutputOf(outcome, output => IsNotPaid(plan, output)) is { } said =>
            (PaymentPhase.Failed, outcome with { Result = "payment-connector-error", GatewayText = outcome.GatewayText ?? said }),
        Success when OutputOf(outcome, IsDoubtful) is { } said =>
            (PaymentPhase.Unknown, outcome with { Result = Unknown, GatewayText = outcome.GatewayText ?? said }),
        Success => (PaymentPhase.Succeeded, outcome),
        _ when PaymentResult.Of(outcome.Result).Kind == ResultKind.Cancelled => (PaymentPhase.Cancelled, outcome),
        _ => (PaymentPhase.Failed, outcome),
    };

    /// <summary>The first output that fits, as <c>payment_status=DECLINED</c>; null when none does.</summary>
    private static string? OutputOf(PaymentOutcome outcome, Func<KeyValuePair<string, string>, bool> fits) =>
        outcome.Outputs?.Where(fits).Select(output => $"{output.Key}={output.Value}").FirstOrDefault();

    /// <summary>By the profile's <c>NotPaid</c>, as it was when the payment was started.</summary>
    private static bool IsNotPaid(PaymentPlan plan, KeyValuePair<string, string> output) =>
        PaymentProfiles.Words(plan.NotPaid ?? "").Select(rule => rule.Split('=', 2))
            .Any(rule => NameOf(rule[0]).Equals(output.Key, StringComparison.OrdinalIgnoreCase) && rule[^1].Equals(output.Value.Trim(), StringComparison.OrdinalIgnoreCase));

    private static bool IsDoubtful(KeyValuePair<string, string> output) =>
        output.Key.Contains(StatusName, StringComparison.OrdinalIgnoreCase) && NotPaidStatuses.Contains(output.Value.Trim(), StringComparer.OrdinalIgnoreCase);

    private static string NameOf(string name) =>
        name.StartsWith(PaymentOutcome.OutputPrefix, StringComparison.OrdinalIgnoreCase) ? name[PaymentOutcome.OutputPrefix.Length..] : name;
}
