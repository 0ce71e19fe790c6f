using AgentPay.Web.Handover;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Handover;

/// <summary>The colleagues who can receive a call: everyone who has the console open, on any instance.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class ColleaguesTests : IAsyncLifetime
{
    private static readonly CurrentUser Amara = Agents.Agent("amara@agentpay.example") with { Name = "Amara Okafor" };
    private static readonly CurrentUser Ben = Agents.Agent("ben_contoso.com#EXT#@agentpay.example") with { Name = "Ben Novak" };

    private readonly PaymentsLab _lab = new();
    private Colleagues _here = null!;
    private Colleagues _there = null!;

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        (_here, _there) = ((await _lab.StartInstanceAsync()).Service<Colleagues>(), (await _lab.StartInstanceAsync())
            .Service<Colleagues>());
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task List_NamesEveryoneOnAnyInstanceButTheViewer()
    {
        await _here.ReportAsync(Amara, default);
        await _there.ReportAsync(Ben, default);
        await _there.ReportAsync(Agents.Supervisor("priya@agentpay.example") with { Name = "Priya Raman" }, default);
        await _there.ReportAsync(Agents.Admin("tomas@agentpay.example"), default);

        (await _here.ListAsync(Amara, default)).Select(colleague => colleague.Name).ShouldBe(["Ben Novak", "Priya Raman"]);
        (await _there.ListAsync(Ben, default)).ShouldContain(new Web.Calls.Colleague(Amara.PrincipalName, Amara.Name));
    }

    [Fact]
    public async Task List_BeforeAnyoneHasReported_IsEmpty() => (await _here.ListAsync(Amara, default)).ShouldBeEmpty();

    [Fact]
    public async Task List_AfterTheLifetime_LeavesOutWhoHasGone()
    {
        await _here.ReportAsync(Amara, default);
        await _here.ReportAsync(Ben, default);
        for (var passed = TimeSpan.Zero; passed <= Colleagues.Lifetime; passed += Colleagues.Interval)
        {
            _lab.Clock.Advance(Colleagues.Interval);
            await _here.ReportAsync(Amara, default);
        }

        (await _there.ListAsync(Agents.Agent("kim@agentpay.example"), default)).Single().Name.ShouldBe(Amara.Name);
    }

    [Fact]
    public async Task Report_FromASecondPage_CostsNoWriteWithinTheInterval()
    {
        await _here.ReportAsync(Amara, default);
        var before = await WritesAsync();

        await _here.ReportAsync(Amara, default);
        (await WritesAsync()).ShouldBe(before);

        _lab.Clock.Advance(Colleagues.Interval);
        await _here.ReportAsync(Amara, default);
        (await WritesAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Report_WithSyncDown_IsMadeUpForByTheNext()
    {
        await _lab.FaultsAsync(new { syncError = 1 });
        await _lab.PumpAsync(DoneAsync(_here.ReportAsync(Amara, default)));
        await _lab.FaultsAsync(new { });

        await _here.ReportAsync(Amara, default);

        (await _there.ListAsync(Ben, default)).ShouldHaveSingleItem();
    }

    private async Task<int> WritesAsync() => (await _lab.StatsAsync()).GetProperty("sync").GetProperty("writes").GetInt32();

    private static async Task<bool> DoneAsync(Task work)
    {
        await work;
        return true;
    }
}
