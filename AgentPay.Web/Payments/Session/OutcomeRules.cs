namespace AgentPay.Web.Payments;

/// <summary>
/// Decides what an outcome means. Twilio reports <c>success</c> as soon as the pay connector has answered. Some connectors report a
/// decline only in one of their outputs.
/// </summary>
public static class OutcomeRules
{
    /// <summary>Twilio's <c>Result</c> of a payment that the gateway has taken.</summary>
    public const string Success = "success";

    /// <summary>AgentPay's own result: Twilio's success and a status of the connector contradict each other.</summary>
    public const string Unknown = "unknown";

    private const string StatusName = "status";
    private static readonly string[] NotPaidStatuses = ["DECLINED", "FAILED", "ERROR"];

    /// <summary>Returns the phase after the outcome, and the outcome as it is recorded.</summary>
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

    /// <summary>The first output that matches, such as <c>payment_status=DECLINED</c>; null when none does.</summary>
    private static string? OutputOf(PaymentOutcome outcome, Func<KeyValuePair<string, string>, bool> matches) =>
        outcome.Outputs?.Where(matches).Select(output => $"{output.Key}={output.Value}").FirstOrDefault();

    /// <summary>Applies the profile's <c>NotPaid</c>, as configured when the payment was started.</summary>
    private static bool IsNotPaid(PaymentPlan plan, KeyValuePair<string, string> output) =>
        PaymentProfiles.Words(plan.NotPaid ?? "")
            .Select(rule => rule.Split('=', 2))
            .Any(rule => NameOf(rule[0]).Equals(output.Key, StringComparison.OrdinalIgnoreCase)
                && rule[^1].Equals(output.Value.Trim(), StringComparison.OrdinalIgnoreCase));

    private static bool IsDoubtful(KeyValuePair<string, string> output) =>
        output.Key.Contains(StatusName, StringComparison.OrdinalIgnoreCase)
        && NotPaidStatuses.Contains(output.Value.Trim(), StringComparer.OrdinalIgnoreCase);

    private static string NameOf(string name) =>
        name.StartsWith(PaymentOutcome.OutputPrefix, StringComparison.OrdinalIgnoreCase)
            ? name[PaymentOutcome.OutputPrefix.Length..]
            : name;
}
