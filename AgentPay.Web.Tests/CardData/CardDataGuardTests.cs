using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AgentPay.Web.Tests.Api;
using AgentPay.Web.Tests.Security;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.CardData;

/// <summary>Card numbers in any part of a request are masked, and an error is logged without their digits.</summary>
public sealed class CardDataGuardTests(ApiBench bench) : IClassFixture<ApiBench>
{
    private const string Card = "4111111111111111";
    private const string Written = "4111 1111 1111 1111";
    private const string Left = "xxxxxxxxxxxx1111";

    private readonly int _logged = bench.App.Log.Lines.Count;

    [Theory]
    [InlineData("json")]
    [InlineData("form")]
    [InlineData("query")]
    public async Task Api_DescriptionWithACardNumber_IsMaskedInEverythingThatIsKept(string way)
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        Dictionary<string, string> order =
            new() { ["callSid"] = call.Sid, ["ChargeAmount"] = "5.00", ["Description"] = $"for {Card}", ["Reference"] = "+4915123456787" };
        using var form = new FormUrlEncodedContent(order);

        var started = way switch
        {
            "json" => await agent.PostAsync("/startCapture", order),
            "form" => await agent.SendAsync(HttpMethod.Post, "/startCapture", form),
            _ => await agent.GetAsync("/startCapture?" + await form.ReadAsStringAsync()),
        };

        started.Status.ShouldBe(200, started.Text);
        var kept = await SyncContents.ReadAsync(bench);
        kept.ShouldContain(text => text.Contains($"for {Left}", StringComparison.Ordinal));
        kept.ShouldContain(text =>
            text.Contains("+4915123456787", StringComparison.Ordinal) || text.Contains("\\u002B4915123456787", StringComparison.Ordinal));
        kept.ShouldAllBe(text => !text.Contains(Card, StringComparison.Ordinal));
        ShouldTellOf("Description", "/startCapture");
    }

    [Fact]
    public async Task Api_CardNumberAsANumberOrInsideOtherJson_IsMasked()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());

        var reply = await agent.PostAsync("/startCapture", new
        {
            callSid = call.Sid, ChargeAmount = 5, Description = 5555555555554444, Reference = new { note = "3782 822463 10005" },
        });

        reply.Status.ShouldBe(200);

        var kept = await SyncContents.ReadAsync(bench);
        kept.ShouldContain(text => text.Contains("xxxxxxxxxxxx4444", StringComparison.Ordinal));
        kept.ShouldContain(text => text.Contains("xxxx xxxxxx x0005", StringComparison.Ordinal));
        ShouldTellOf("reference", "/startCapture");
    }

    [Theory]
    [InlineData("description=" + Card, "?description=" + Left)]
    [InlineData("uui=7&description=card%204111%201111%201111%201111&x=%2B", "?uui=7&description=card%20xxxx%20xxxx%20xxxx%201111&x=%2B")]
    [InlineData("description=4111+1111+1111+1111", "?description=xxxx%20xxxx%20xxxx%201111")]
    [InlineData("description=%34111111111111111", "?description=" + Left)]
    [InlineData(Card, "?" + Left + "=")]
    public async Task Page_AskedForWithACardNumber_IsLedToItsMaskedAddress(string query, string masked)
    {
        using var browser = new HttpBrowser(bench.App.Url);

        using var answer = await browser.GoAsync("/pay?" + query);

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldBe(masked);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var next = await browser.GoAsync("/pay" + masked);
        next.Headers.Location?.OriginalString.ShouldNotContain("?description");
        ShouldTellOf("query", "/pay");
    }

    [Fact]
    public async Task SignIn_OnTheWayToAPageWithACardNumber_IsBegunWithoutIt()
    {
        using var browser = new HttpBrowser(bench.App.Url);

        using var answer = await browser.GoAsync("/signin?returnUrl=" + Uri.EscapeDataString("/pay?description=" + Card));

        answer.Headers.Location!.OriginalString.ShouldBe("?returnUrl=" + Uri.EscapeDataString("/pay?description=" + Left));
        ShouldTellOf("returnUrl", "/signin");
    }

    [Fact]
    public async Task Page_WhosePathReadsAsAHost_IsNotLedThere()
    {
        var url = new Uri(bench.App.Url, $"/x?description={Card}").AbsoluteUri;
        using var request = new HttpRequestMessage(HttpMethod.Get, url.Replace("/x?", "//evil.example/?", StringComparison.Ordinal));
        request.Headers.Add("Accept", "text/html");

        using var answer = await bench.App.Http.SendAsync(request);

        (answer.Headers.Location?.OriginalString ?? "?").ShouldStartWith("?");
    }

    [Fact]
    public async Task Header_WithACardNumber_IsMasked()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/signed-out");
        request.Headers.TryAddWithoutValidation("X-Customer", Written);
        request.Headers.TryAddWithoutValidation("Referer", $"{bench.App.Url}pay?description=4111%201111%201111%201111");

        using var answer = await bench.App.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        ShouldTellOf("X-Customer", "/signed-out");
        ShouldTellOf("referer", "/signed-out");
    }

    [Theory]
    [InlineData("Content-Length", Card, "403")]
    [InlineData("Content-Length", "4111-1111-1111-1111", "400")]
    [InlineData("Expect", Card, "403")]
    [InlineData("Transfer-Encoding", Card, "400")]
    [InlineData("X-\u00e9", Card, "400")]
    public async Task Header_OfTheProtocolWithACardNumber_IsAnsweredAsAnyOther(string name, string value, string status)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(bench.App.Url.Host, bench.App.Url.Port);
        await using var stream = client.GetStream();

        await stream.WriteAsync(Encoding.UTF8.GetBytes(
            $"POST /callStatus HTTP/1.1\r\nHost: {bench.App.Url.Authority}\r\nConnection: close\r\n{name}: {value}\r\n\r\n"));

        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync()).ShouldStartWith($"HTTP/1.1 {status}");
    }

    [Fact]
    public async Task Name_ThatEndsInACardNumber_IsLoggedWithoutAnyOfItsStart()
    {
        foreach (var length in Enumerable.Range(60, 20))
            using ((await bench.App.Http.GetAsync($"/health/live?{new string('n', length)}{Card}={Card}")).EnsureSuccessStatusCode())
                ShouldTellOf(new string('n', length), "/health/live");

        const string start = "4111111";
        bench.App.Log.Lines.Skip(_logged).ShouldNotContain(line => line.Contains(start, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Path_WithACardNumber_IsMaskedBeforeTheHostLogsIt()
    {
        using var answer = await bench.App.Http.GetAsync($"/pay/{Card}/x");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        bench.App.Log.Lines.ShouldContain(line =>
            line.Contains($"/pay/{Left}/x", StringComparison.Ordinal) && line.Contains("Request starting", StringComparison.Ordinal));
        ShouldTellOf("a part", $"/pay/{Left}/x");
    }

    [Fact]
    public async Task Webhook_FieldWithACardNumber_PassesTheSignatureAndIsMaskedBehindIt()
    {
        var call = await bench.CallAsync();
        var sid = await (await bench.AmaraAsync()).StartAsync(call);

        var answer = await PostAsync("/paySyncUpdate?payment=" + await SyncContents.PaymentOfAsync(bench, sid), new()
        {
            ["Sid"] = sid, ["CallSid"] = call.Sid, ["DateUpdated"] = "2026-11-22T23:00:00.000Z",
            ["Capture"] = "payment-card-number", ["Required"] = "expiration-date",
            ["PaymentCardNumber"] = Card, ["PaymentCardType"] = "visa",
        });

        answer.ShouldBe(HttpStatusCode.OK);
        (await SyncContents.ReadAsync(bench)).ShouldAllBe(text => !text.Contains(Card, StringComparison.Ordinal));
        ShouldTellOf("PaymentCardNumber", "/paySyncUpdate");
    }

    [Theory]
    [InlineData("+4915123456787")]
    [InlineData("4915123456787")]
    [InlineData("00007001231732266000")]
    [InlineData("41111111-1111-4117-8111-111111111111")]
    public async Task Uui_ThatIsANumberOrAnIdentifier_IsKeptAsItIs(string uui)
    {
        var call = "CA" + Guid.NewGuid().ToString("N");

        (await PostAsync($"/outboundSyncUpdate?UUI={Uri.EscapeDataString(uui)}", Answered(call))).ShouldBe(HttpStatusCode.OK);

        var found = await (await bench.AmaraAsync()).GetAsync("/uui2sid?uui=" + Uri.EscapeDataString(uui));
        found.Status.ShouldBe(200, found.Text);
        JsonDocument.Parse(found.Text).RootElement.GetProperty("data").GetProperty("pstnSid").GetString().ShouldBe(call);
    }

    [Fact]
    public async Task Uui_ThatIsACardNumber_IsNone()
    {
        var twiml = await TwimlAsync("/outboundHandler", new()
        {
            ["CallSid"] = "CA" + new string('7', 32), ["CallStatus"] = "ringing", ["Direction"] = "inbound",
            ["From"] = "sip:+61280000000@pbx.example.org",
            ["To"] = "sip:+4915123456787@agentpay.sip.twilio.com", ["SipHeader_User-to-User"] = Written,
        });

        twiml.ShouldContain("UUI=CA" + new string('7', 32));
        twiml.ShouldContain("+4915123456787");
        (await (await bench.AmaraAsync()).GetAsync("/uui2sid?uui=" + Card)).Status.ShouldBe(404);
        ShouldTellOf("SipHeader_User-to-User", "/outboundHandler");
        ShouldTellOf("uui", "/uui2sid");
    }

    [Fact]
    public async Task NumbersOfACall_WithoutAPlus_AreNoCardNumbers()
    {
        var twiml = await TwimlAsync("/outboundHandler", new()
        {
            ["CallSid"] = "CA" + new string('6', 32), ["CallStatus"] = "ringing", ["Direction"] = "inbound",
            ["From"] = "sip:378282246310005@pbx.example.org",
            ["To"] = "sip:4915123456787@agentpay.sip.twilio.com", ["SipHeader_User-to-User"] = "u-1",
        });

        twiml.ShouldContain("callerId=\"+378282246310005\"");
        twiml.ShouldContain(">+4915123456787<");
    }

    [Fact]
    public async Task Sandbox_InThisProcess_IsWhereCardNumbersBelong()
    {
        using var answer = await bench.App.Http.GetAsync($"/sandbox/control/calls/{Card}");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        bench.App.Log.Lines.Skip(_logged)
            .ShouldNotContain(line => line.StartsWith("Error: Card number received", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Answered(string call) => new()
    {
        ["CallSid"] = call, ["ParentCallSid"] = "CA" + new string('5', 32), ["CallStatus"] = "in-progress", ["Direction"] = "outbound-dial",
        ["From"] = "+61280000000", ["To"] = "+4915123456787", ["Timestamp"] = "Sun, 22 Nov 2026 09:00:00 +0000",
    };

    private async Task<HttpStatusCode> PostAsync(string target, Dictionary<string, string> form)
    {
        using var answer = await bench.App.PostSignedAsync(target, form);
        return answer.StatusCode;
    }

    private async Task<string> TwimlAsync(string target, Dictionary<string, string> form)
    {
        using var answer = await bench.App.PostSignedAsync(target, form);
        return await answer.Content.ReadAsStringAsync();
    }

    private void ShouldTellOf(string where, string path)
    {
        var lines = bench.App.Log.Lines.Skip(_logged).ToList();
        lines.ShouldContain(line => line.StartsWith("Error: Card number received", StringComparison.Ordinal)
            && line.Contains(where, StringComparison.Ordinal) && line.Contains(path, StringComparison.Ordinal));
        foreach (var secret in (string[])[Card, Written, "4111%20"])
            lines.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal));
    }
}
