using AgentPay.Web.Events;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Events;

public sealed class EventsOptionsTests
{
    private const string Url = "https://recorder.contoso.test/events";
    private const string Secret = "whsec_c2FuZGJveC1ldmVudC1zZWNyZXQtMDAwMDAwMDAwMDAw";

    [Fact]
    public void Read_NothingSet_IsAccepted() => Failures(null, null).ShouldBeEmpty();

    [Theory]
    [InlineData(Url)]
    [InlineData("http://127.0.0.1:5099/sandbox/recorder")]
    [InlineData("/sandbox/recorder")]
    public void Read_HttpsOrThisMachine_IsAccepted(string url) => Failures(url, Secret).ShouldBeEmpty();

    [Theory]
    [InlineData("http://recorder.contoso.test/events")]
    [InlineData("https://user@recorder.contoso.test/events")]
    [InlineData("https://recorder.contoso.test/events?key=1")]
    [InlineData("//recorder.contoso.test/events")]
    [InlineData("recorder.contoso.test")]
    public void Read_AnotherUrl_IsRefusedAndNotRepeated(string url)
    {
        var failure = Failures(url, Secret).ShouldHaveSingleItem();

        failure.ShouldStartWith("Events:Url must be an absolute https URL");
        failure.ShouldNotContain(url);
    }

    [Theory]
    [InlineData(null, "Events:Secret is missing.")]
    [InlineData("sandbox-event-secret-000000000000", "Events:Secret must be whsec_")]
    [InlineData("whsec_%%%", "Events:Secret must be whsec_")]
    [InlineData("whsec_c2hvcnQ=", "Events:Secret must be whsec_")]
    public void Read_SecretThatIsMissingOrUnusable_IsRefusedAndNotRepeated(string? secret, string expected)
    {
        var failure = Failures(Url, secret).ShouldHaveSingleItem();

        failure.ShouldStartWith(expected);
        if (secret is not null) failure.ShouldNotContain(secret);
    }

    private static IReadOnlyList<string> Failures(string? url, string? secret) =>
        OptionsBench.Failures<EventsOptions, EventsOptionsValidator>(EventsOptions.Section, ("Url", url), ("Secret", secret));
}
