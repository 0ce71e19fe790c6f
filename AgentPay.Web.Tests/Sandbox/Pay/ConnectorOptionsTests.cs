using AgentPay.Web.Sandbox;
using AgentPay.Web.Sandbox.Pay;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Pay;

public sealed class ConnectorOptionsTests
{
    [Fact]
    public void Read_ConnectorsThatCannotBeCalled_AreRefusedByTheirKeys()
    {
        (string, string?)[] settings = [("0:Name", " "), ("1:Name", "Mine"), ("1:Url", "ftp://example.com"), ("2:Name", "Good"),
            ("2:Url", "https://example.com?a=b"), ("3:CanCharge", "no")];

        OptionsBench.Failures<SandboxOptions, SandboxOptionsValidator>("Sandbox",
            [.. settings.Select(s => ("Connectors:" + s.Item1, s.Item2))]).ShouldBe(
        [
            "Sandbox:Connectors:0:Name is missing. Example: MyGateway.",
            "Sandbox:Connectors:1:Url must be an http or https URL or a path. Example: /sandbox/gateway.",
            "Sandbox:Connectors:3:Name is missing. Example: MyGateway.",
        ]);
    }

    [Fact]
    public void Find_OfABuiltInNameThatIsConfiguredToo_GivesTheConfiguredOne()
    {
        var connectors = new Connectors(Microsoft.Extensions.Options.Options.Create(
            new SandboxOptions { Connectors = [new() { Name = "Default", Url = "https://example.com/pay" }] }));

        connectors.Find("Default")!.Url.ShouldBe("https://example.com/pay");
        connectors.Find("PGP_MOCK")!.Url.ShouldBe("/sandbox/gateway");
    }
}
