using System.Globalization;
using System.Text.Json;
using AgentPay.Web.Calls;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.Calls;

/// <summary>Times, numbers and masks are the same in every culture.</summary>
public sealed class CultureTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public CultureTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

    public void Dispose() => CultureInfo.CurrentCulture = _before;

    [Fact]
    public void LegReport_TimestampOfTwilio_IsReadInUtc()
    {
        var form = new FormCollection(
            new() { ["CallSid"] = "CA00000000000000000000000000000001", ["Timestamp"] = "Sun, 22 Nov 2026 10:30:05 +0000" });

        LegReport.Read(form, TimeProvider.System)!.At.ShouldBe(new DateTimeOffset(2026, 11, 22, 10, 30, 5, TimeSpan.Zero));
    }

    [Fact]
    public void Call_InJson_IsAsEverywhere()
    {
        var call = new Web.Calls.Call { Uui = "u", PstnSid = CallSid.Parse("CA00000000000000000000000000000001"),
            Status = CallStatus.NoAnswer, At = new(2026, 11, 22, 10, 30, 5, 250, TimeSpan.Zero) };

        var json = JsonSerializer.Serialize(call, SyncJson.Options);

        json.ShouldBe("""{"uui":"u","pstnSid":"CA00000000000000000000000000000001","status":"no-answer","at":"2026-11-22T10:30:05.25+00:00"}""");
        JsonSerializer.Deserialize<Web.Calls.Call>(json, SyncJson.Options).ShouldBe(call);
    }

    [Theory]
    [InlineData("+61400000123", "***123")]
    [InlineData("sip:+61400000456@pbx.example.org", "***456")]
    [InlineData("911", "***")]
    [InlineData("anonymous\r\n", "***")]
    [InlineData(null, "***")]
    public void MaskedNumber_InALog_ShowsThreeDigitsAtMost(string? number, string shown) =>
        new MaskedNumber(number).ToString().ShouldBe(shown);
}
