using AgentPay.Web.Outages;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Outages;

public sealed class OutageMonitorTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly LiveFeed<string, OutageList> _feed = new((newer, older) => newer.Version > older.Version);
    private readonly OutageMonitor _monitor;

    public OutageMonitorTests() => _monitor = new(_feed, _clock);

    private IEnumerable<(Dependency, string)> Failing =>
        _feed.Latest(OutageList.Key)!.All.Select(outage => (outage.Service, outage.Connector));

    public void Dispose() => _monitor.Dispose();

    [Fact]
    public void Gateway_ThreeFailuresInARow_IsAnOutageOfItsConnector()
    {
        Fail(Dependency.Gateway, 2, "Shop");
        Fail(Dependency.Gateway, 1, "Donations");
        Failing.ShouldBeEmpty();

        Fail(Dependency.Gateway, 1, "Shop");

        Failing.ShouldBe([(Dependency.Gateway, "Shop")]);
    }

    [Fact]
    public void Gateway_SuccessInBetween_StartsTheCountAgain()
    {
        Fail(Dependency.Gateway, 2, "Shop");
        _monitor.Report(Dependency.Gateway, isWorking: true, "Shop");
        Fail(Dependency.Gateway, 2, "Shop");

        Failing.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Dependency.Twilio)]
    [InlineData(Dependency.Sync)]
    public void Service_ManyFailuresAtOnce_IsAnOutageOnlyIfItLasts(Dependency service)
    {
        Fail(service, 20);
        Failing.ShouldBeEmpty();

        _clock.Advance(OutageMonitor.ShortestOutage);
        Fail(service, 1);

        Failing.ShouldBe([(service, "")]);
        _feed.Latest(OutageList.Key)!.All.Single().Since.ShouldBe(_clock.GetUtcNow() - OutageMonitor.ShortestOutage);
    }

    [Fact]
    public void Outage_FirstSuccess_IsOver()
    {
        Fail(Dependency.Gateway, 5, "Shop");

        _monitor.Report(Dependency.Gateway, isWorking: true, "Shop");

        Failing.ShouldBeEmpty();
    }

    [Fact]
    public void Outage_NothingReportedForTenMinutes_IsOver()
    {
        Fail(Dependency.Gateway, 3, "Shop");
        _clock.Advance(OutageMonitor.Memory - TimeSpan.FromSeconds(1));
        Failing.ShouldNotBeEmpty();

        _clock.Advance(TimeSpan.FromMinutes(1));

        Failing.ShouldBeEmpty();
    }

    private void Fail(Dependency service, int times, string connector = "")
    {
        for (var time = 0; time < times; time++) _monitor.Report(service, isWorking: false, connector);
    }
}
