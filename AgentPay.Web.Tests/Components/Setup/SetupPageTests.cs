using System.Net;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.SelfTest;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Components.Setup;

public sealed class SetupPageTests
{
    private const string Secret = "distinctive-secret-0123456789-";

    [Theory]
    [InlineData(People.Amara)]
    [InlineData(People.Priya)]
    [InlineData(People.Nora)]
    public async Task Page_ForAPersonWhoIsNoAdmin_IsRefused(string person)
    {
        using var app = IdentityApp.Start();
        using var browser = new HttpBrowser(app.Url);
        (await browser.SignInAsync(person)).Dispose();

        using var answer = await browser.GoAsync("/setup");

        answer.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("Twilio:AuthToken");
    }

    [Fact]
    public async Task Page_ForAnAdmin_ShowsEverySettingAndNoSecret()
    {
        // The Sync credentials must be right: sign-in needs the keys that are stored in Sync.
        await using var bench = new SetupBench(
            ("Twilio:SecondaryAuthToken", Secret + "b"), ("Twilio:Sync:ApiKeySid", SandboxApp.ApiKeySid),
            ("Twilio:Sync:ApiKeySecret", SandboxApp.ApiKeySecret),
            ("Segment:WriteKey", Secret + "e"), ("Payments:Profiles:0:Name", "Shop"), ("Payments:Profiles:0:Parameters:key", Secret + "f"));

        var html = await PageAsync(bench.App);

        foreach (var key in (string[])["AgentPay:PublicBaseUrl", "AzureAd:ClientSecret", "Twilio:AuthToken", "Twilio__AuthToken",
            "Sync:HistoryTtl", "Voice:CallerId", "Payments:Profiles", "Segment:WriteKey"])
            html.ShouldContain(key);
        foreach (var secret in (string[])[Secret[..12], SandboxApp.AuthToken, SandboxApp.ApiKeySecret, "sandbox-client-secret"])
            html.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Page_ForAnAdmin_ShowsAllOfAProfile()
    {
        await using var bench = new SetupBench(
            ("Payments:Profiles:0:Name", "Shop"), ("Payments:Profiles:0:TokenType", "OneTime"),
            ("Payments:Profiles:0:PaymentMethod", "AchDebit"),
            ("Payments:Profiles:0:BankAccountType", "ConsumerSavings"), ("Payments:Profiles:0:Confirmation", "true"),
            ("Payments:Profiles:0:Parameters:store", Secret + "f"));

        var table = (await PageAsync(bench.App)).Split("Profiles and connectors")[^1].Split("Configuration")[0];

        foreach (var value in (string[])["one-time", "ach-debit", "consumer-savings", "Caller confirms the card", "Yes", "store"])
            table.ShouldContain(value);
        table.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Page_ForAnAdmin_HasTheAddressesToPasteIntoTwilio()
    {
        await using var bench = new SetupBench();

        var html = await PageAsync(bench.App);

        var address = bench.App.Services.GetService(typeof(PublicAddress)).ShouldBeOfType<PublicAddress>().BaseUrl;
        foreach (var path in (string[])["/inboundHandler", "/outboundHandler", "/callStatus", "/pay?uui={UUI}"])
            html.ShouldContain($"{address}{path}<");
    }

    /// <summary>In Live mode Entra leads to the public address, which is not the one that the test's server has.</summary>
    private static async Task<string> PageAsync(AgentPayApp app)
    {
        using var browser = new HttpBrowser(app.Url);
        using var back = await browser.ChooseAsync("/signin", new() { ["person"] = People.Tomas });
        (await browser.GoAsync(back.Headers.Location!.PathAndQuery)).Dispose();
        using var answer = await browser.GoAsync("/setup");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync();
    }
}
