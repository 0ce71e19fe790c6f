using AgentPay.Web.Analytics;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Analytics;

public sealed class SegmentOptionsTests
{
    [Theory]
    [InlineData("a write key", "", "Segment:WriteKey")]
    [InlineData("a:key", "", "Segment:WriteKey")]
    [InlineData("schlüssel", "", "Segment:WriteKey")]
    [InlineData("key", "segment.example", "Segment:BaseUrl")]
    [InlineData("key", "ftp://segment.example", "Segment:BaseUrl")]
    [InlineData("key", "http://segment.example/v1", "Segment:BaseUrl")]
    [InlineData("key", "https://user@segment.example/v1", "Segment:BaseUrl")]
    [InlineData("key", "https://segment.example/v1?a=1", "Segment:BaseUrl")]
    [InlineData("key", "/v1", "Segment:BaseUrl")]
    public void Validate_OfWhatCannotWork_NamesTheKeyAndNotTheSecret(string writeKey, string baseUrl, string key)
    {
        var failure = Validate(new() { WriteKey = writeKey, BaseUrl = baseUrl }).Failures!.ShouldHaveSingleItem();

        failure.ShouldStartWith(key);
        if (key == "Segment:WriteKey") failure.ShouldNotContain(writeKey);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(301, 100)]
    [InlineData(5, 0)]
    [InlineData(5, 101)]
    public void Validate_OfIntervalAndSizeOutOfRange_Fails(int seconds, int size)
    {
        Validate(new() { WriteKey = "key", FlushInterval = TimeSpan.FromSeconds(seconds), BatchSize = size }).Failed.ShouldBeTrue();
    }

    [Fact]
    public void Validate_OfEverythingWrong_TellsAllAtOnce()
    {
        Validate(new() { WriteKey = ":", BaseUrl = ":", FlushInterval = default, BatchSize = -1 }).Failures!.Count().ShouldBe(4);
    }

    [Theory]
    [InlineData(null, "https://api.segment.io/v1")]
    [InlineData("  ", "https://api.segment.io/v1")]
    [InlineData(" https://eu1.api.segmentapis.com/v1/ ", "https://eu1.api.segmentapis.com/v1")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000")]
    public void Sanitise_TrimsTheBaseUrlAndDefaultsIt(string? baseUrl, string expected)
    {
        var options = new SegmentOptions { WriteKey = " key ", BaseUrl = baseUrl };

        Validate(options).Succeeded.ShouldBeTrue();
        (options.WriteKey, options.BaseUrl).ShouldBe(("key", expected));
    }

    private static ValidateOptionsResult Validate(SegmentOptions options)
    {
        options.Sanitise();
        return new SegmentOptionsValidator().Validate(null, options);
    }
}
