namespace AgentPay.Web.Payments;

/// <summary>How a payment ended.</summary>
/// <param name="Result">
/// Twilio's <c>Result</c>, such as <c>success</c>, <c>payment-connector-error</c> or <c>caller-hung-up</c>. AgentPay's own results are
/// <c>not-started</c>, <c>capture-window-over</c>, <c>recording-not-paused</c> and <c>recorder-not-reached</c> when Twilio
/// reports none, and <c>unknown</c> when the connector contradicts a <c>success</c>.
/// </param>
/// <param name="Code">Twilio's error code; null when there is none.</param>
/// <param name="Confirmation">The gateway's confirmation code of a charge.</param>
/// <param name="Token">The payment token. Some connectors return it as <paramref name="ProfileId"/>, so both are kept.</param>
/// <param name="GatewayText">The gateway's error text.</param>
/// <param name="ConnectorError">The gateway's own error code.</param>
public sealed record PaymentOutcome(
    string Result,
    int? Code = null,
    string? Confirmation = null,
    string? Token = null,
    string? ProfileId = null,
    string? GatewayText = null,
    string? ConnectorError = null)
{
    /// <summary>The prefix of the names of connector outputs in Twilio's callback.</summary>
    public const string OutputPrefix = "PayConnector_";

    /// <summary>The outputs of the pay connector by name, without <see cref="OutputPrefix"/>; null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Outputs { get; init; }
}
