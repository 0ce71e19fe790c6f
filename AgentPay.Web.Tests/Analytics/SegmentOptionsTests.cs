using System.Globalization;
using AgentPay.Web.Analytics;
using AgentPay.Web.Tests.Support;

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
    public void Read_UnusableValue_IsRefusedByItsKeyAndNotRepeated(string writeKey, string baseUrl, string key)
    {
        var failure = Failures(("WriteKey", writeKey), ("BaseUrl", baseUrl)).ShouldHaveSingleItem();

        failure.ShouldStartWith(key + " must be ");
        if (key == "Segment:WriteKey") failure.ShouldNotContain(writeKey);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(301, 100)]
    [InlineData(5, 0)]
    [InlineData(5, 101)]
    public void Read_IntervalOrSizeOutOfRange_IsRefused(int seconds, int size) =>
        Failures(("FlushInterval", $"{seconds}s"), ("BatchSize", size.ToString(CultureInfo.InvariantCulture))).Count.ShouldBe(1);

    [Fact]
    public void Read_EverythingWrong_IsReportedAtOnce() =>
        Failures(("WriteKey", ":"), ("BaseUrl", ":"), ("FlushInterval", "0"), ("BatchSize", "-1"), ("BatchSizes", "1")).Count.ShouldBe(5);

    [Theory]
    [InlineData(null, "https://api.segment.io/v1")]
    [InlineData("  ", "https://api.segment.io/v1")]
    [InlineData(" https://eu1.api.segmentapis.com/v1/ ", "https://eu1.api.segmentapis.com/v1")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000")]
    public void Read_BaseUrl_IsTrimmedAndHasADefault(string? baseUrl, string expected)
    {
        var options = OptionsBench.Read<SegmentOptions, SegmentOptionsValidator>("Segment", ("WriteKey", " key "), ("BaseUrl", baseUrl));

        (options.WriteKey, options.BaseUrl).ShouldBe(("key", expected));
    }

    private static IReadOnlyList<string> Failures(params (string, string?)[] settings) =>
        OptionsBench.Failures<SegmentOptions, SegmentOptionsValidator>("Segment", settings);
}
