using AgentPay.Web.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Calls;

public sealed class VoiceOptionsTests
{
    [Theory]
    [InlineData("OriginationUri", "", "Voice:OriginationUri is missing. Set the environment variable Voice__OriginationUri, for example to pbx.example.com.")]
    [InlineData("OriginationUri", "pbx.example.com?X-A=b", "Voice:OriginationUri is not a host")]
    [InlineData("OriginationUri", "user@pbx.example.com", "Voice:OriginationUri is not a host")]
    [InlineData("OriginationUri", "https://pbx.example.com", "Voice:OriginationUri is not a host")]
    [InlineData("OriginationUri", "pbx.example.com:0", "Voice:OriginationUri is not a host")]
    [InlineData("OriginationUri", "pbx..example.com", "Voice:OriginationUri is not a host")]
    [InlineData("OriginationUri", "pbx.example.com\n", null)]
    [InlineData("OriginationUri", "pbx.\nexample.com", "Voice:OriginationUri is not a host")]
    [InlineData("OriginationUri", "10.1.2.3:5060", null)]
    [InlineData("OriginationUri", "sip:pbx.example.com:5061;transport=tls", null)]
    [InlineData("UuiHeader", "", null)]
    [InlineData("UuiHeader", "x-inin-cnv", null)]
    [InlineData("UuiHeader", "Subject", "Voice:UuiHeader is a header that Twilio does not pass on (13252)")]
    [InlineData("UuiHeader", "X-", "Voice:UuiHeader is a header that Twilio does not pass on (13252)")]
    [InlineData("UuiHeader", "X-A&X-B", "Voice:UuiHeader is a header that Twilio does not pass on (13252)")]
    [InlineData("InboundUuiHeader", "Subject", "Voice:InboundUuiHeader is a header that Twilio does not pass on (13252)")]
    [InlineData("OutboundUuiHeader", "Subject", "Voice:OutboundUuiHeader is a header that Twilio does not pass on (13252)")]
    [InlineData("OutboundUuiHeader", "x-inin-cnv", null)]
    [InlineData("DefaultCountry", "au", null)]
    [InlineData("DefaultCountry", "Australia", "Voice:DefaultCountry is 'AUSTRALIA', which is not the two letters of a country")]
    [InlineData("CallerId", " +61280000456 ", null)]
    [InlineData("CallerId", "0280000456", "Voice:CallerId is not a number in E.164")]
    public void Read_Live_SaysWhatIsWrong(string key, string value, string? words)
    {
        var failures = Failures("Live", ("Voice:OriginationUri", "pbx.example.com"), ($"Voice:{key}", value));

        if (words is null) failures.ShouldBeEmpty();
        else failures.Single().ShouldStartWith(words);
    }

    [Fact]
    public void Read_SeveralFaults_AreListedTogether() =>
        Failures("Live", ("Voice:UuiHeader", "Via"), ("Voice:CallerId", "me")).Count().ShouldBe(3);

    [Fact]
    public void Read_OriginationUriTooLong_IsRefused() =>
        Failures("Live", ("Voice:OriginationUri", string.Join('.', Enumerable.Repeat("pbx", 51)))).ShouldNotBeEmpty();

    [Theory]
    [InlineData("Sandbox")]
    [InlineData("")]
    public void Read_SandboxWithNothingConfigured_Works(string mode) => Failures(mode).ShouldBeEmpty();

    [Fact]
    public async Task Start_WrongOptions_StopsTheHost()
    {
        await using var app = App("Live");
        app.Urls.Add("http://127.0.0.1:0");

        (await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync())).Message.ShouldContain("Voice__OriginationUri");
    }

    private static IEnumerable<string> Failures(string mode, params (string Key, string Value)[] settings)
    {
        try
        {
            using var app = (IDisposable)App(mode, settings);
            _ = ((WebApplication)app).Services.GetRequiredService<IOptions<VoiceOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return invalid.Failures;
        }
    }

    private static WebApplication App(string mode, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Append(("AgentPay:Mode", mode)).GroupBy(s => s.Item1).Select(s => KeyValuePair.Create(s.Key, (string?)s.Last().Item2)));
        builder.Services.AddVoiceOptions();
        return builder.Build();
    }
}
