using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>The section <c>Sandbox</c>, as far as Pay Connectors go.</summary>
public sealed class ConnectorOptions
{
    /// <summary>Added to the built-in connectors; one of the same name takes the built-in one's place.</summary>
    public List<Connector> Connectors { get; init; } = [];
}

/// <summary>The account's Pay Connectors by name: the built-in ones, which lead to the sandbox's own gateway, and the configured ones.</summary>
public sealed class Connectors(IOptions<ConnectorOptions> options)
{
    private static readonly Connector[] BuiltIn =
    [
        new() { Name = "Default" },
        new() { Name = "PGP_MOCK" },
        new() { Name = "ChargeOnly", CanTokenize = false },
        new() { Name = "TokenizeOnly", CanCharge = false },
        new() { Name = "OneTimeOnly", TokenTypes = ["one-time"] },
        new() { Name = "CardsOnly", Methods = ["credit-card"] },
        new() { Name = "EuroOnly", Currencies = ["EUR"] },
        new() { Name = "ReferenceRequired", RequiredParameters = ["reference"] },
    ];

    private readonly Dictionary<string, Connector> _byName = BuiltIn.Concat(options.Value.Connectors)
        .GroupBy(connector => connector.Name, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);

    public Connector? Find(string name) => _byName.GetValueOrDefault(name);
}
