using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>The account's Pay Connectors by name: the built-in ones, which lead to the sandbox's own gateway, and the configured ones.</summary>
public sealed class Connectors(IOptions<SandboxOptions> options)
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
