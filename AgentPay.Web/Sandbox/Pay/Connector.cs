using AgentPay.Web.Sandbox.Gateway;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>A Pay Connector as installed in Twilio's console, always in TEST mode. A list that is null allows every value.</summary>
public sealed class Connector
{
    /// <summary>The unique name that <c>PaymentConnector</c> refers to.</summary>
    public string Name { get; init; } = "";

    /// <summary>The endpoint of the Generic Pay Connector contract. A path refers to this server.</summary>
    public string Url { get; init; } = GatewayFeature.Path;

    public string Username { get; init; } = GatewayFeature.Username;

    public string Password { get; init; } = GatewayFeature.Password;

    public bool CanCharge { get; init; } = true;

    public bool CanTokenize { get; init; } = true;

    /// <summary>
    /// Any of <c>one-time</c>, <c>reusable</c> and <c>payment-method</c>. Null means the first two; the third exists only for Stripe.
    /// </summary>
    public string[]? TokenTypes { get; init; }

    // ISO 4217 codes.
    public string[]? Currencies { get; init; }

    // Any of credit-card and ach-debit.
    public string[]? Methods { get; init; }

    // Names that the Parameter object must contain.
    public string[] RequiredParameters { get; init; } = [];

    public bool SupportsTokenType(string tokenType) => (TokenTypes ?? ["one-time", "reusable"]).Contains(tokenType);

    public bool SupportsCurrency(Iso4217Currency currency) => Currencies?.Contains(currency.Code, StringComparer.OrdinalIgnoreCase) ?? true;

    public bool SupportsMethod(string method) => Methods?.Contains(method) ?? true;
}
