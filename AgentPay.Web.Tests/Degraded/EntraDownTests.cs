using System.Net;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>Entra fails while people work.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class EntraDownTests : IAsyncLifetime
{
    private const string Agent = "amara@agentpay.example";

    private DegradedWorld _world = null!;

    public async Task InitializeAsync() => _world = await DegradedWorld.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task SessionsAndPayments_WhileEntraIsDown_GoOnAndASignInUnderWaySaysWhy()
    {
        await using var entra = new SandboxApp();
        var app = await _world.StartInstanceAsync(default, ("AzureAd:Instance", $"{entra.Url}sandbox/entra/"));
        using var signedIn = _world.Browser();
        (await signedIn.SignInAsync(People.Amara)).Dispose();
        var (call, payment) = await _world.StartPaymentAsync(app, Agent);
        using var somebody = _world.Browser();
        using var chosen = await somebody.ChooseAsync("/signin", new() { ["person"] = People.Ben });

        await entra.DisposeAsync();

        using var page = await signedIn.GoAsync("/");
        using var token = await signedIn.FetchAsync(HttpMethod.Get, "/getSyncToken");
        (page.StatusCode, token.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        (await _world.FinishAsync(app, call, payment, Agent)).Phase.ShouldBe(PaymentPhase.Succeeded);
        using var denied = await somebody.FollowAsync(chosen);
        denied.Headers.Location!.OriginalString.ShouldStartWith("/denied?reason=entra-unreachable&reference=");
        using var told = await somebody.FollowAsync(denied);
        (await told.Content.ReadAsStringAsync()).ShouldContain("sign-in service could not be reached");
    }
}
