using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Api;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Payments;

/// <summary>With <c>Sync:AclEnabled</c>: what the holder of a Sync token can see of Sync.</summary>
public sealed class AccessControlTests(AccessControlTests.Bench bench) : IClassFixture<AccessControlTests.Bench>
{
    [Fact]
    public async Task Document_OfOnesOwnPayment_CanBeReadAndNothingElse()
    {
        var (amara, document) = await PayAsync(bench.AmaraAsync);

        (await bench.AskAsync(amara, HttpMethod.Get, $"Documents/{document}")).ShouldBe(HttpStatusCode.OK);
        (await bench.AskAsync(amara, HttpMethod.Post, $"Documents/{document}")).ShouldBe(HttpStatusCode.Forbidden);
        (await bench.AskAsync(amara, HttpMethod.Delete, $"Documents/{document}")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Document_OfAnothersPayment_IsForbidden()
    {
        var (amara, amaras) = await PayAsync(bench.AmaraAsync);
        var (ben, bens) = await PayAsync(bench.BenAsync);

        (await bench.AskAsync(ben, HttpMethod.Get, $"Documents/{bens}")).ShouldBe(HttpStatusCode.OK);
        (await bench.AskAsync(ben, HttpMethod.Get, $"Documents/{amaras}")).ShouldBe(HttpStatusCode.Forbidden);
        (await bench.AskAsync(amara, HttpMethod.Get, $"Documents/{bens}")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("Documents")]
    [InlineData("Maps")]
    [InlineData("Maps/payMap")]
    [InlineData("Maps/payMap/Items")]
    [InlineData("Maps/uuiMap/Items")]
    public async Task EverythingThatIsShared_IsForbidden(string path)
    {
        var (amara, _) = await PayAsync(bench.AmaraAsync);

        (await bench.AskAsync(amara, HttpMethod.Get, path)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Document_AfterATakeOver_IsTheSupervisorsAlone()
    {
        var (amara, document) = await PayAsync(bench.AmaraAsync);
        var priya = await ApiAgent.SignInAsync(bench, People.Priya);
        PaymentId.TryParse(document["pay-".Length..], out var payment).ShouldBeTrue();

        var taken = await bench.App.Services.GetRequiredService<PaymentDesk>()
            .TakeOverAsync(Agents.Supervisor("priya@agentpay.example"), payment, default);

        taken.ShouldBeOfType<DeskAnswer.Done>();
        (await bench.AskAsync(priya, HttpMethod.Get, $"Documents/{document}")).ShouldBe(HttpStatusCode.OK);
        (await bench.AskAsync(amara, HttpMethod.Get, $"Documents/{document}")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Map_ThatWasOpenBeforeTheSettingChanged_IsForbiddenFromTheNextTokenOn()
    {
        var amara = await bench.AmaraAsync();
        var services = bench.App.Services;
        await services.GetRequiredService<SyncClient>().Permissions.UpdateAsync(
            services.GetRequiredService<SyncSpace>().Service, SyncObject.Map("payMap"),
            new() { Identity = "amara@agentpay.example", Read = true, Write = true, Manage = false });
        (await bench.AskAsync(amara, HttpMethod.Get, "Maps/payMap/Items")).ShouldBe(HttpStatusCode.OK);

        await ActivatorUtilities.CreateInstance<SyncAcl>(services).SettleMapsAsync("ben@agentpay.example", default);

        (await bench.AskAsync(amara, HttpMethod.Get, "Maps/payMap/Items")).ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>An agent with a payment under way, and the name of its document.</summary>
    private async Task<(ApiAgent Agent, string Document)> PayAsync(Func<Task<ApiAgent>> signIn)
    {
        var agent = await signIn();
        var call = await bench.InProgressAsync();
        var payment = await agent.PostAsync("/startCapture", new { callSid = call, ChargeAmount = 5, Currency = "USD" });
        payment.Status.ShouldBe(200, payment.Text);
        return (agent, await bench.DocumentAsync(call));
    }

    public class Bench : ApiBench
    {
        protected override Dictionary<string, string?> Settings => new() { ["Sync:AclEnabled"] = "true" };

        public async Task<string> InProgressAsync()
        {
            App.Clock.Advance(TimeSpan.FromSeconds(10));
            return (await ControlAsync("calls", new { from = "+61400000000", to = "+61280000000" })).GetProperty("callSid").GetString()!;
        }

        /// <summary>The name of the document of the call's latest payment.</summary>
        public async Task<string> DocumentAsync(string call) =>
            PaymentStore.NameOf((await App.Services.GetRequiredService<CallPayments>().LatestAsync(CallSid.Parse(call), default))!.Value);

        public async Task<HttpStatusCode> AskAsync(ApiAgent agent, HttpMethod method, string path, Dictionary<string, string>? form = null)
        {
            using var request = new HttpRequestMessage(method, $"sandbox/sync/v1/Services/{Service}/{path}".TrimEnd('/'));
            request.Headers.Add("X-Twilio-Token", agent.Token);
            if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent(form ?? new() { ["Data"] = "{}" });
            using var answer = await App.Http.SendAsync(request);
            return answer.StatusCode;
        }
    }
}
