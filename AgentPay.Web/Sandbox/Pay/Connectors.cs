using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Pay;

// The Pay Connectors of the account by name: the built-in ones, which use the sandbox's gateway, and the configured ones.
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
