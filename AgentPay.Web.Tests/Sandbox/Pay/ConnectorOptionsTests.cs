using AgentPay.Web.Sandbox.Pay;

namespace AgentPay.Web.Tests.Sandbox.Pay;

public sealed class ConnectorOptionsTests
{
    [Fact]
    public void Validate_WithConnectorsThatCannotBeCalled_NamesEveryKey()
    {
        var options = new ConnectorOptions { Connectors = [new() { Name = " " }, new() { Name = "Mine", Url = "ftp://example.com" }, new() { Name = "Good", Url = "https://example.com" }] };

        var failures = new ConnectorOptionsValidator().Validate(null, options).Failures!.ToList();

        failures.Count.ShouldBe(2);
        failures[0].ShouldStartWith("Sandbox:Connectors:0:Name is missing (environment variable Sandbox__Connectors__0__Name)");
        failures[1].ShouldStartWith("Sandbox:Connectors:1:Url");
    }

    [Fact]
    public void Find_OfABuiltInNameThatIsConfiguredToo_GivesTheConfiguredOne()
    {
        var connectors = new Connectors(Microsoft.Extensions.Options.Options.Create(new ConnectorOptions { Connectors = [new() { Name = "Default", Url = "https://example.com/pay" }] }));

        connectors.Find("Default")!.Url.ShouldBe("https://example.com/pay");
        connectors.Find("PGP_MOCK")!.Url.ShouldBe("/sandbox/gateway");
    }
}
