using System.ComponentModel.DataAnnotations;
using AgentPay.Web.Sandbox.Gateway;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>A Pay Connector as installed in Twilio's console, always in TEST mode. A list that is null allows every value.</summary>
public sealed class Connector : IValidatableObject
{
    /// <summary>The unique name that <c>PaymentConnector</c> refers to.</summary>
    [Required(ErrorMessage = "{0} is missing. Example: MyGateway.")]
    public string Name { get; init; } = "";

    /// <summary>The endpoint of the Generic Pay Connector contract. A path refers to this server.</summary>
    public string Url { get; init; } = GatewayFeature.Path;

    public string Username { get; init; } = GatewayFeature.Username;

    [Secret]
    public string Password { get; init; } = GatewayFeature.Password;

    public bool CanCharge { get; init; } = true;

    public bool CanTokenize { get; init; } = true;

    /// <summary>
    /// Any of <c>one-time</c>, <c>reusable</c> and <c>payment-method</c>. Null means the first two; the third exists only for Stripe.
    /// </summary>
    public IReadOnlyList<string>? TokenTypes { get; init; }

    // ISO 4217 codes.
    public IReadOnlyList<string>? Currencies { get; init; }

    // Any of credit-card and ach-debit.
    public IReadOnlyList<string>? Methods { get; init; }

    // Names that the Parameter object must contain.
    public IReadOnlyList<string> RequiredParameters { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Url.StartsWith('/') && !(Uri.TryCreate(Url, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https"))
            yield return validationContext.Failure(nameof(Url), "must be an http or https URL or a path. Example: /sandbox/gateway.");
    }

    public override string ToString() => Name;

    public bool SupportsTokenType(string tokenType) => (TokenTypes ?? ["one-time", "reusable"]).Contains(tokenType);

    public bool SupportsCurrency(Iso4217Currency currency) => Currencies?.Contains(currency.Code, StringComparer.OrdinalIgnoreCase) ?? true;

    public bool SupportsMethod(string method) => Methods?.Contains(method) ?? true;
}
