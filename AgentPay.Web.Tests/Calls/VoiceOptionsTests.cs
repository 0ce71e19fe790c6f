using AgentPay.Web.Calls;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Calls;

public sealed class VoiceOptionsTests
{
    [Theory]
    [InlineData("OriginationUri", "", "Voice:OriginationUri is missing. Example: pbx.example.com.")]
    [InlineData("OriginationUri", "pbx.example.com?X-A=b", "Voice:OriginationUri must be a host")]
    [InlineData("OriginationUri", "user@pbx.example.com", "Voice:OriginationUri must be a host")]
    [InlineData("OriginationUri", "https://pbx.example.com", "Voice:OriginationUri must be a host")]
    [InlineData("OriginationUri", "pbx.example.com:0", "Voice:OriginationUri must be a host")]
    [InlineData("OriginationUri", "pbx..example.com", "Voice:OriginationUri must be a host")]
    [InlineData("OriginationUri", "pbx.example.com\n", null)]
    [InlineData("OriginationUri", "pbx.\nexample.com", "Voice:OriginationUri must be a host")]
    [InlineData("OriginationUri", "10.1.2.3:5060", null)]
    [InlineData("OriginationUri", "sip:pbx.example.com:5061;transport=tls", null)]
    [InlineData("UuiHeader", "", null)]
    [InlineData("UuiHeader", "x-inin-cnv", null)]
    [InlineData("UuiHeader", "Subject", "Voice:UuiHeader must be a header that Twilio passes on (error 13252)")]
    [InlineData("UuiHeader", "X-", "Voice:UuiHeader must be a header that Twilio passes on (error 13252)")]
    [InlineData("UuiHeader", "X-A&X-B", "Voice:UuiHeader must be a header that Twilio passes on (error 13252)")]
    [InlineData("InboundUuiHeader", "Subject", "Voice:InboundUuiHeader must be a header that Twilio passes on (error 13252)")]
    [InlineData("OutboundUuiHeader", "Subject", "Voice:OutboundUuiHeader must be a header that Twilio passes on (error 13252)")]
    [InlineData("OutboundUuiHeader", "x-inin-cnv", null)]
    [InlineData("DefaultCountry", "au", null)]
    [InlineData("DefaultCountry", "Australia", "Voice:DefaultCountry is 'AUSTRALIA', which is no country code such as AU.")]
    [InlineData("CallerId", " +61280000456 ", null)]
    [InlineData("CallerId", "0280000456", "Voice:CallerId must be a number in E.164")]
    [InlineData("TransferTargets:0", "10*", null)]
    [InlineData("TransferTargets:0", "+61280000001", null)]
    [InlineData("TransferTargets:0", "sip:*@branch.example.com", null)]
    [InlineData("TransferTargets:0", "1002@pbx.example.com",
        "Voice:TransferTargets contains '1002@pbx.example.com'. Accepted: extensions such as")]
    [InlineData("TransferTargets:0", "tel:+61280000001", "Voice:TransferTargets contains 'tel:+61280000001'. Accepted: extensions such as")]
    public void Read_Value_IsAcceptedOrRefusedByItsKey(string key, string value, string? words)
    {
        var failures = Failures(("OriginationUri", "pbx.example.com"), (key, value));

        if (words is null) failures.ShouldBeEmpty();
        else failures.Single().ShouldStartWith(words);
    }

    [Fact]
    public void Read_SeveralWrongValues_AreReportedTogether() => Failures(("UuiHeader", "Via"), ("CallerId", "me")).Count.ShouldBe(3);

    [Fact]
    public void Read_OriginationUriTooLong_IsRefused() =>
        Failures(("OriginationUri", string.Join('.', Enumerable.Repeat("pbx", 51)))).ShouldHaveSingleItem()
            .ShouldStartWith("Voice:OriginationUri must have at most 200 characters.");

    [Fact]
    public void Read_SipScheme_IsRemoved() => Read(("OriginationUri", "sip:pbx.example.com")).OriginationUri.ShouldBe("pbx.example.com");

    [Fact]
    public async Task Start_WrongOptions_StopsTheHost()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSection<VoiceOptions, VoiceOptionsValidator>(VoiceOptions.Section);
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");

        (await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync())).Message
            .ShouldContain("Voice:OriginationUri is missing");
    }

    private static VoiceOptions Read(params (string Key, string? Value)[] settings) =>
        OptionsBench.Read<VoiceOptions, VoiceOptionsValidator>("Voice", Last(settings));

    private static IReadOnlyList<string> Failures(params (string Key, string? Value)[] settings) =>
        OptionsBench.Failures<VoiceOptions, VoiceOptionsValidator>("Voice", Last(settings));

    /// <summary>Of several values of a key the last.</summary>
    private static (string, string?)[] Last((string Key, string? Value)[] settings) =>
        [.. settings.GroupBy(s => s.Key).Select(s => s.Last())];
}
