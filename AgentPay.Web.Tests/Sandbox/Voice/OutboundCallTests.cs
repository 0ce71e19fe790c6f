using System.Text.Json;

namespace AgentPay.Web.Tests.Sandbox.Voice;

public sealed class OutboundCallTests
{
    private const string DialCustomer = "<Dial callerId=\"+61280000000\"><Number>+61400000000</Number></Dial>";

    [Fact]
    public async Task Call_OverTheSipDomain_AsksForTwimlWithItsSipParameters()
    {
        await using var lab = await PhoneLab.StartAsync(outbound: DialCustomer);

        var call = await lab.CallOutAsync(new { from = PhoneLab.Business, to = PhoneLab.Customer, uui = "abc;encoding=hex" });

        var asked = await lab.Owner.NextAsync();
        asked["CallSid"].ShouldBe(call.GetProperty("callSid").GetString());
        asked["To"].ShouldBe("sip:+61400000000@agentpay.sip.twilio.com");
        asked["From"].ShouldBe("sip:+61280000000@pbx.example.com");
        asked["Direction"].ShouldBe("inbound");
        asked["SipDomain"].ShouldBe("agentpay.sip.twilio.com");
        asked["SipDomainSid"]!.ShouldStartWith("SD");
        asked["SipSourceIp"].ShouldBe("127.0.0.1");
        asked["SipCallId"].ShouldNotBeNullOrEmpty();
        asked["SipHeader_User-to-User"].ShouldBe("abc;encoding=hex");
        asked["FromCountry"].ShouldBeNull();
    }

    [Fact]
    public async Task Call_WithoutUui_SendsNoHeader()
    {
        await using var lab = await PhoneLab.StartAsync(outbound: DialCustomer);

        await lab.CallOutAsync(new { to = PhoneLab.Customer });

        (await lab.Owner.NextAsync())["SipHeader_User-to-User"].ShouldBeNull();
    }

    [Fact]
    public async Task Call_WithAConfiguredHeader_SendsTheUuiInIt()
    {
        await using var lab = await PhoneLab.StartAsync(outbound: DialCustomer, settings: new() { ["Sandbox:UuiHeader"] = "x-inin-cnv" });

        await lab.CallOutAsync(new { from = "sip:desk@pbx.example.com", to = PhoneLab.Customer, uui = "7" });

        var asked = await lab.Owner.NextAsync();
        asked["SipHeader_x-inin-cnv"].ShouldBe("7");
        asked["From"].ShouldBe("sip:desk@pbx.example.com");
    }

    [Theory]
    [InlineData(true, "in-progress")]
    [InlineData(false, "ringing")]
    public async Task Call_Dialling_RingsTheCustomersHandset(bool answer, string status)
    {
        await using var lab = await PhoneLab.StartAsync(outbound: DialCustomer);

        var call = await lab.CallOutAsync(new { to = PhoneLab.Customer, answer });

        var child = await lab.ShowAsync(call.GetProperty("childSid").GetString()!);
        child.GetProperty("to").GetString().ShouldBe(PhoneLab.Customer);
        child.GetProperty("from").GetString().ShouldBe(PhoneLab.Business);
        child.GetProperty("status").GetString().ShouldBe(status);
    }

    [Theory]
    [InlineData("<Dial>+61400000000</Dial>", "+61280000000", null)]
    [InlineData("<Dial>+61400000000</Dial>", "+61299999999", 13247)]
    [InlineData("<Dial>+61400000000</Dial>", "sip:desk7@pbx.example.com", 13247)]
    [InlineData("<Dial callerId=\"+61299999999\">+61400000000</Dial>", "+61299999999", 13214)]
    [InlineData("<Dial callerId=\"+61280000000\">+61400000000</Dial>", "sip:desk7@pbx.example.com", null)]
    public async Task CallerId_OfACallOverSip_MustBeANumberOfTheAccount(string twiml, string from, int? alert)
    {
        await using var lab = await PhoneLab.StartAsync(outbound: twiml);

        var call = await lab.CallOutAsync(new { from, to = PhoneLab.Customer });

        (await lab.AlertsAsync(call.GetProperty("callSid").GetString()!)).ShouldBe(alert is null ? [] : [alert.Value]);
        call.GetProperty("childSid").ValueKind.ShouldBe(alert is null ? JsonValueKind.String : JsonValueKind.Null);
    }

    [Fact]
    public async Task Call_ThatDialsNobody_HasNoChild()
    {
        await using var lab = await PhoneLab.StartAsync(outbound: "<Hangup/>");

        var call = await lab.CallOutAsync(new { to = PhoneLab.Customer });

        call.GetProperty("childSid").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task VoiceUrl_ThatFails_IsReplacedByTheOutboundFallback()
    {
        await using var lab = await PhoneLab.StartAsync(
            settings: new() { ["Sandbox:OutboundFallbackUrl"] = "{owner}/fallback", ["Sandbox:OutboundStatusCallback"] = "{owner}/ended" });
        lab.Owner.Answer("/outbound", 500);
        lab.Twiml("/fallback", "<Hangup/>");

        await lab.CallOutAsync(new { to = PhoneLab.Customer });

        (await lab.Owner.NextAsync(w => w.Path == "/fallback"))["ErrorCode"].ShouldBe("11200");
        (await lab.Owner.NextAsync(w => w.Path == "/ended"))["CallStatus"].ShouldBe("completed");
    }
}
