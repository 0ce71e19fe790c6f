namespace AgentPay.Web.Payments;

/// <summary>How a payment ended.</summary>
/// <param name="Result">Twilio's <c>Result</c> (<c>success</c>, <c>payment-connector-error</c>, <c>caller-hung-up</c> …), or our own word where Twilio said nothing (<c>not-started</c>, <c>capture-window-over</c>) or said <c>success</c> and the connector something else (<c>unknown</c>).</param>
/// <param name="Code">Twilio's error code, when there is one.</param>
/// <param name="Confirmation">The gateway's confirmation code of a charge.</param>
/// <param name="Token">The payment token; some connectors give it as <paramref name="ProfileId"/>, so both are kept.</param>
/// <param name="GatewayText">What the gateway said of its refusal.</param>
/// <param name="ConnectorError">The gateway's own code for it.</param>
public sealed record PaymentOutcome(
    string Result,
    int? Code = null,
    string? Confirmation = null,
    string? Token = null,
    string? ProfileId = null,
    string? GatewayText = null,
    string? ConnectorError = null)
{
    /// <summary>What the names of a connector's outputs begin with in Twilio's callback.</summary>
    public const string OutputPrefix = "PayConnector_";

    /// <summary>The connector's own outputs by name, without <see cref="OutputPrefix"/>; null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Outputs { get; init; }
}
