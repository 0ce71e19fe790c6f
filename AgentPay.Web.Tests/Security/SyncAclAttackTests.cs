using System.Net;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Api;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Security;

/// <summary>With <c>Sync:AclEnabled</c>, an agent's Sync token gives access only to the document of the agent's own payment.</summary>
public sealed class SyncAclAttackTests(AccessControlTests.Bench bench) : IClassFixture<AccessControlTests.Bench>
{
    [Theory]
    [InlineData("", "AclEnabled", "false")]
    [InlineData("/Documents/{0}/Permissions/ben@agentpay.example", "Read", "true")]
    [InlineData("/Documents/{0}/Permissions/amara@agentpay.example", "Write", "true")]
    [InlineData("/Maps/payMap/Permissions/ben@agentpay.example", "Read", "true")]
    [InlineData("/Maps/payMap/Items", "Key", "x")]
    [InlineData("/Documents/{1}", "Data", "{}")]
    public async Task Right_TakenByOneself_IsForbidden(string path, string name, string value)
    {
        var (document, call) = await PayAsync();
        var target = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, document, call);

        foreach (var agent in (ApiAgent[])[await bench.BenAsync(), await bench.AmaraAsync()])
        {
            Dictionary<string, string> form = new() { [name] = value, ["Read"] = "true", ["Write"] = "true", ["Manage"] = "true" };
            (await SendAsync(agent.Token, HttpMethod.Post, target, form)).ShouldBe(HttpStatusCode.Forbidden, target);
        }

        (await SendAsync((await bench.BenAsync()).Token, HttpMethod.Get, "/Documents/" + document, null))
            .ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Everything_ThatSyncHolds_IsForbiddenToReadButOnesOwnPayment()
    {
        var (document, call) = await PayAsync();
        var (amara, ben) = (await bench.AmaraAsync(), await bench.BenAsync());

        string[] paths =
        [
            "", "/Documents", $"/Documents/{call}", "/Documents/keyRing", $"/Documents/{document}/Permissions", "/Maps", "/Maps/payMap",
            "/Maps/payMap/Items", "/Maps/uuiMap", "/Maps/uuiMap/Items", "/Lists", "/Streams",
        ];
        foreach (var path in paths)
            foreach (var token in (string[])[amara.Token, ben.Token])
                (await SendAsync(token, HttpMethod.Get, path, null))
                    .ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Unauthorized);
        (await SendAsync(amara.Token, HttpMethod.Get, "/Documents/" + document, null)).ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Starts a payment of Amara. Returns the names of its document and its call's document.</summary>
    private async Task<(string Payment, string Call)> PayAsync()
    {
        var (amara, sid) = (await bench.AmaraAsync(), await bench.InProgressAsync());
        (await amara.PostAsync("/startCapture", new { callSid = sid, ChargeAmount = 5, Currency = "USD" })).Status.ShouldBe(200);
        var payment = (await bench.App.Services.GetRequiredService<CallPayments>().LatestAsync(CallSid.Parse(sid), default))!.Value;
        return (PaymentStore.NameOf(payment), "call-" + sid);
    }

    private async Task<HttpStatusCode> SendAsync(string token, HttpMethod method, string path, Dictionary<string, string>? form)
    {
        using var request = new HttpRequestMessage(method, $"sandbox/sync/v1/Services/{bench.Service}{path}");
        if (form is not null) request.Content = new FormUrlEncodedContent(form);
        request.Headers.Add("X-Twilio-Token", token);
        using var answer = await bench.App.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
