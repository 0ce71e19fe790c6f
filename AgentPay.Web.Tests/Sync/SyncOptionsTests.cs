using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Sync;

public sealed class SyncOptionsTests
{
    [Fact]
    public async Task Options_NotConfigured_AreTheDefaults()
    {
        var options = await ReadAsync(("Sync:ServiceSid", ""), ("Sync:ServiceName", "  "));

        options.ServiceSid.ShouldBeNull();
        options.ServiceName.ShouldBe("AgentAssistedPaySync");
        (options.ItemTtl, options.EndedTtl, options.HistoryTtl).ShouldBe((TimeSpan.FromHours(12), TimeSpan.FromMinutes(15), TimeSpan.FromDays(30)));
    }

    [Fact]
    public async Task Options_AllWrong_AreAllListedWithTheirKeys()
    {
        string[] keys = ["ServiceSid", "ServiceName", "ItemTtl", "EndedTtl", "HistoryTtl", "BusyPoll", "IdlePoll", "DelayedAfter", "Settling"];
        string[] values = ["IS123", new string('x', 65), "00:00:59", "00:00:00", "366.00:00:00", "00:00:00.2", "00:01:01", "0", "-00:00:01"];

        var failure = await Should.ThrowAsync<OptionsValidationException>(ReadAsync([.. keys.Zip(values, (key, value) => ($"Sync:{key}", (string?)value))]));

        failure.Failures.Select(f => f.Split(' ')[0]).ShouldBe(keys.Select(key => $"Sync:{key}"));
        failure.Failures.ShouldAllBe(f => f.Contains("Set the environment variable Sync__"));
    }

    [Theory]
    [InlineData("ItemTtl", "10")]
    [InlineData("HistoryTtl", "30")]
    [InlineData("BusyPoll", "1s")]
    [InlineData("IdlePoll", "10")]
    public async Task Options_WithADurationWithoutAUnit_AreRefusedWithTheAcceptedForm(string key, string value)
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(ReadAsync(($"Sync:{key}", value)));

        failure.Failures.ShouldHaveSingleItem().ShouldBe(
            $"Sync:{key} is '{value}', which cannot be read. Accepted: hours, minutes and seconds such as 00:00:10, with days before them such as 30.00:00:00 "
            + $"(environment variable Sync__{key}).");
    }

    private static async Task<SyncOptions> ReadAsync(params (string, string?)[] settings)
    {
        await using var host = await SyncHost.StartAsync("http://127.0.0.1:1", new WatchedClock(new ManualClock()), null, settings);
        return host.Get<IOptions<SyncOptions>>().Value;
    }
}
