using AgentPay.Web.Analytics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Analytics;

public sealed class AnalyticsFeatureTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task AddAnalytics_WithoutAWriteKey_AddsNothingThatRuns(string? writeKey)
    {
        await using var app = await ReportingApp.StartAsync("https://segment.example", ("Segment:WriteKey", writeKey));

        app.Services.ShouldNotContain(s => s.ServiceType == typeof(IHostedService));
        app.Services.ShouldNotContain(s => s.ServiceType.Namespace == typeof(SegmentOptions).Namespace);
        Should.NotThrow(() => app.Publish());
    }

    [Fact]
    public async Task Start_WithAnUnusableBaseUrl_IsRefused()
    {
        var refusal = await Should.ThrowAsync<OptionsValidationException>(() => ReportingApp.StartAsync("not even a URL"));

        refusal.Failures.ShouldHaveSingleItem().ShouldStartWith("Segment:BaseUrl");
    }
}
