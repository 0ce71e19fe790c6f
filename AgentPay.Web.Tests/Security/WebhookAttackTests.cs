using System.Net;
using System.Text;
using AgentPay.Web.Tests.Api;
using AgentPay.Web.Tests.CardData;

namespace AgentPay.Web.Tests.Security;

/// <summary>Requests without a valid signature to every webhook, found by its endpoint.</summary>
public sealed class WebhookAttackTests(ApiBench bench) : IClassFixture<ApiBench>
{
    private static readonly Dictionary<string, string> Call = new()
    {
        ["CallSid"] = "CA" + new string('3', 32), ["ParentCallSid"] = "CA" + new string('4', 32),
        ["CallStatus"] = "in-progress", ["Direction"] = "outbound-dial",
        ["From"] = "+61280000000", ["To"] = "+61400000000", ["Timestamp"] = "Sun, 22 Nov 2026 09:00:00 +0000",
    };

    private IReadOnlyList<string> Webhooks => Surface.Webhooks(bench.App);

    private string Base => bench.App.Url.AbsoluteUri.TrimEnd('/');

    [Fact]
    public void Webhooks_AreTheseAndNoOthers() =>
        Webhooks.ShouldBe(
            [
                "/inboundHandler", "/outboundHandler", "/outboundSyncUpdate", "/callStatus", "/paySyncUpdate",
                "/referHandler", "/referStatus", "/referEnded", "/receiptStatus",
            ],
            ignoreOrder: true);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("not base64 at all")]
    public async Task Signature_MissingEmptyOrWrong_Is403(string? signature)
    {
        foreach (var route in Webhooks)
        {
            (await StatusAsync(route, new FormUrlEncodedContent(Call), signature)).ShouldBe(403, route);
            (await StatusAsync(route, new StringContent("{}", Encoding.UTF8, "application/json"), signature)).ShouldBe(403, route);
            (await StatusAsync(route, null, signature)).ShouldBe(403, route);
        }
    }

    [Fact]
    public async Task Signature_OfAnotherAddress_Is403()
    {
        foreach (var route in Webhooks)
        {
            string[] addresses =
            [
                Base + Webhooks.First(r => r != route), "https://evil.example" + route,
                Base + route + "?a=1", Base + route + "/", Base + route.ToUpperInvariant(),
            ];
            foreach (var address in addresses) (await StatusAsync(bench.App.PostSignedAsync(route, Call, address))).ShouldBe(403, address);
        }
    }

    [Fact]
    public async Task Form_ChangedAfterItWasSigned_Is403()
    {
        foreach (var route in Webhooks)
        {
            var signature = Surface.Sign(Base + route, Call);
            Dictionary<string, string>[] changed =
            [
                new(Call) { ["Extra"] = "1" },
                new(Call) { ["CallStatus"] = "completed" },
                Call.Where(f => f.Key != "To").ToDictionary(),
                new(Call.Where(f => f.Key != "To")) { ["to"] = Call["To"] },
            ];
            foreach (var form in changed) (await StatusAsync(route, new FormUrlEncodedContent(form), signature)).ShouldBe(403, route);
            (await StatusAsync(route, new FormUrlEncodedContent([.. Call, KeyValuePair.Create("To", "+61299999999")]), signature))
                .ShouldBe(403, route);
            (await StatusAsync(route + "?To=%2B61299999999", new FormUrlEncodedContent(Call), signature)).ShouldBe(403, route);
        }
    }

    [Fact]
    public async Task Form_InAnotherOrder_IsTheSameForm()
    {
        foreach (var route in Webhooks)
            (await StatusAsync(route, new FormUrlEncodedContent(Call.Reverse()), Surface.Sign(Base + route, Call)))
                .ShouldNotBe(403, route);
    }

    [Fact]
    public async Task Form_WithACardNumberPutInAfterwards_Is403AndNotASignatureOverItsMask()
    {
        Dictionary<string, string> masked = new(Call) { ["Note"] = "xxxxxxxxxxxx1111" };
        Dictionary<string, string> clear = new(Call) { ["Note"] = "4111111111111111" };

        foreach (var route in Webhooks)
        {
            (await StatusAsync(route, new FormUrlEncodedContent(clear), Surface.Sign(Base + route, masked))).ShouldBe(403, route);
            (await StatusAsync(bench.App.PostSignedAsync(route, clear))).ShouldNotBe(403, route);
        }
    }

    [Theory]
    [InlineData("/outboundSyncUpdate?UUI=replayed")]
    [InlineData("/callStatus?UUI=replayed-too")]
    [InlineData("/inboundHandler")]
    public async Task Call_Replayed_ChangesNothingMore(string target)
    {
        Dictionary<string, string> inbound = new(Call)
        {
            ["CallSid"] = "CA" + new string('8', 32), ["Direction"] = "inbound", ["CallStatus"] = "ringing", ["To"] = "+61280000000",
        };
        var form = target == "/inboundHandler" ? inbound : Call;
        using var first = await bench.App.PostSignedAsync(target, form);
        var before = await SyncContents.ReadAsync(bench);

        using var again = await bench.App.PostSignedAsync(target, form);

        again.StatusCode.ShouldBe(first.StatusCode);
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        (await SyncContents.ReadAsync(bench)).ShouldBe(before);
    }

    [Fact]
    public async Task PaymentCallback_Replayed_ChangesNothingMore()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var sid = await agent.StartAsync(call);
        var payment = await SyncContents.PaymentOfAsync(bench, sid);
        Dictionary<string, string> callback = new()
        {
            ["Sid"] = sid, ["CallSid"] = call.Sid, ["DateUpdated"] = "2026-11-22T23:00:00.000Z",
            ["Capture"] = "payment-card-number", ["Required"] = "expiration-date,security-code",
            ["PaymentCardNumber"] = "xxxxxxxxxxxx1111", ["PaymentCardType"] = "visa",
        };
        (await StatusAsync(bench.App.PostSignedAsync("/paySyncUpdate?payment=" + payment, callback))).ShouldBe(200);
        var before = await SyncContents.ReadAsync(bench);
        before.ShouldContain(text =>
            text.Contains(sid, StringComparison.Ordinal) && text.Contains("xxxxxxxxxxxx1111", StringComparison.Ordinal));

        (await StatusAsync(bench.App.PostSignedAsync("/paySyncUpdate?payment=" + payment, callback))).ShouldBe(200);

        (await SyncContents.ReadAsync(bench)).ShouldBe(before);
    }

    [Fact]
    public async Task PaymentCallback_ReplayedAfterALaterOne_TakesNothingBack()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var sid = await agent.StartAsync(call);
        var target = "/paySyncUpdate?payment=" + await SyncContents.PaymentOfAsync(bench, sid);
        Dictionary<string, string> captured = new()
        {
            ["Sid"] = sid, ["CallSid"] = call.Sid, ["DateUpdated"] = "2026-11-22T23:00:00.000Z",
            ["Capture"] = "payment-card-number", ["Required"] = "expiration-date,security-code",
            ["PaymentCardNumber"] = "xxxxxxxxxxxx1111", ["PaymentCardType"] = "visa",
        };
        Dictionary<string, string> rejected = new()
        {
            ["Sid"] = sid, ["CallSid"] = call.Sid, ["DateUpdated"] = "2026-11-22T23:00:01.000Z",
            ["Capture"] = "payment-card-number", ["Required"] = "payment-card-number,expiration-date,security-code",
            ["ErrorType"] = "invalid-card-number",
        };
        (await StatusAsync(bench.App.PostSignedAsync(target, captured))).ShouldBe(200);
        (await StatusAsync(bench.App.PostSignedAsync(target, rejected))).ShouldBe(200);
        var before = (await agent.ItemAsync(sid)).ToString()!;
        before.ShouldContain("invalid-card-number");

        (await StatusAsync(bench.App.PostSignedAsync(target, captured))).ShouldBe(200);

        (await agent.ItemAsync(sid)).ToString()!.ShouldBe(before);
    }

    [Fact]
    public async Task Twiml_AskedForUnderAnotherHost_NamesOurOwnAddress()
    {
        var form = Outbound("u-1");
        var signature = Surface.Sign(Base + "/outboundHandler", form);
        using var answer = await bench.App.SendRawAsync(
            HttpMethod.Post,
            "/outboundHandler",
            new FormUrlEncodedContent(form),
            ("Host", "evil.example"),
            ("X-Forwarded-Host", "evil.example"),
            ("X-Twilio-Signature", signature));

        var twiml = await answer.Content.ReadAsStringAsync();
        twiml.ShouldContain($"statusCallback=\"{Base}/outboundSyncUpdate?UUI=u-1#");
        twiml.ShouldNotContain("evil");
    }

    [Theory]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("a&X-Evil=1#rc=5")]
    [InlineData("\"/><Hangup/><Dial a=\"")]
    [InlineData("]]><!--")]
    public async Task Uui_OfAnAttacker_StaysAValueInTheTwiml(string uui)
    {
        using var answer = await bench.App.PostSignedAsync("/outboundHandler", Outbound(uui));

        var dial = System.Xml.Linq.XElement.Parse(await answer.Content.ReadAsStringAsync()).Elements().ShouldHaveSingleItem();
        dial.Name.LocalName.ShouldBe("Dial");
        var callback = dial.Elements().ShouldHaveSingleItem().Attribute("statusCallback")!.Value;
        callback.ShouldStartWith($"{Base}/outboundSyncUpdate?UUI=");
        callback.ShouldEndWith("#rc=3&rp=ct,rt,5xx");
        callback.Count(c => c is '#' or '?').ShouldBe(2);
        new Uri(callback).Query.ShouldNotContain("&");
        answer.Headers.ShouldNotContain(h => h.Key.Equals("X-Evil", StringComparison.OrdinalIgnoreCase));
    }

    private static Dictionary<string, string> Outbound(string uui) => new(Call)
    {
        ["Direction"] = "inbound", ["CallStatus"] = "ringing", ["From"] = "sip:+61280000000@pbx.example.org",
        ["To"] = "sip:+61400000000@agentpay.sip.twilio.com", ["SipHeader_User-to-User"] = uui,
    };

    private Task<int> StatusAsync(string target, HttpContent? body, string? signature) =>
        StatusAsync(bench.App.PostAsync(target, body, signature));

    private static async Task<int> StatusAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        return (int)answer.StatusCode;
    }
}
