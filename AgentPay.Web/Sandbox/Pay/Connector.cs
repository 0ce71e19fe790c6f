using System.ComponentModel.DataAnnotations;
using AgentPay.Web.Sandbox.Gateway;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// One Pay Connector, as it would be installed in Twilio's console. All of them are in TEST mode. A list that is null allows everything.
/// </summary>
public sealed class Connector : IValidatableObject
{
    /// <summary>The unique name that <c>PaymentConnector</c> gives.</summary>
    [Required(ErrorMessage = "{0} is missing. Example: MyGateway.")]
    public string Name { get; init; } = "";

    /// <summary>Endpoint of the Generic Pay Connector contract; a path is on this server itself.</summary>
    public string Url { get; init; } = GatewayFeature.Path;

    public string Username { get; init; } = GatewayFeature.Username;

    [Secret]
    public string Password { get; init; } = GatewayFeature.Password;

    public bool CanCharge { get; init; } = true;

    public bool CanTokenize { get; init; } = true;

    /// <summary>
    /// Of <c>one-time</c>, <c>reusable</c> and <c>payment-method</c>; null means the first two, since the third is Stripe's own.
    /// </summary>
    public IReadOnlyList<string>? TokenTypes { get; init; }

    /// <summary>ISO 4217 codes.</summary>
    public IReadOnlyList<string>? Currencies { get; init; }

    /// <summary>Of <c>credit-card</c> and <c>ach-debit</c>.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>Names that the <c>Parameter</c> object must have.</summary>
    public IReadOnlyList<string> RequiredParameters { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Url.StartsWith('/') && !(Uri.TryCreate(Url, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https"))
            yield return validationContext.Failure(nameof(Url), "must be an http or https URL or a path. Example: /sandbox/gateway.");
    }

    public override string ToString() => Name;

    public bool Makes(string tokenType) => (TokenTypes ?? ["one-time", "reusable"]).Contains(tokenType);

    public bool Supports(Currency currency) => Currencies?.Contains(currency.Code, StringComparer.OrdinalIgnoreCase) ?? true;

    public bool SupportsMethod(string method) => Methods?.Contains(method) ?? true;
}
