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
        (options.ItemTtl, options.EndedTtl, options.HistoryTtl)
            .ShouldBe((TimeSpan.FromHours(12), TimeSpan.FromMinutes(15), TimeSpan.FromDays(400)));
    }

    [Fact]
    public async Task Options_AllWrong_AreAllListedWithTheirKeys()
    {
        string[] keys = ["ServiceSid", "ServiceName", "ItemTtl", "EndedTtl", "HistoryTtl", "BusyPoll", "IdlePoll", "DelayedAfter",
            "Settling"];
        string[] values = ["IS123", new string('x', 65), "00:00:59", "00:00:00", "3661.00:00:00", "00:00:00.2", "00:01:01", "0",
            "-00:00:01"];

        var failure = await Should.ThrowAsync<OptionsValidationException>(
            ReadAsync([.. keys.Zip(values, (key, value) => ($"Sync:{key}", (string?)value))]));

        failure.Failures.Select(f => f.Split(' ')[0]).ShouldBe(keys.Select(key => $"Sync:{key}"));
        failure.Failures.Skip(2).ShouldAllBe(f => f.Contains(" must be between "));
    }

    [Theory]
    [InlineData("ItemTtl", "120", 120)]
    [InlineData("BusyPoll", "1s", 1)]
    [InlineData("IdlePoll", " 10 ", 10)]
    [InlineData("EndedTtl", "5m", 300)]
    public async Task Options_WithANumberAsDuration_TakeItAsSeconds(string key, string value, int seconds)
    {
        var options = await ReadAsync(($"Sync:{key}", value));

        typeof(SyncOptions).GetProperty(key)!.GetValue(options).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    // The framework's binder reads a number as days.
    [Theory]
    [InlineData("ItemTtl", "12")]
    [InlineData("HistoryTtl", "30")]
    public async Task Options_WithANumberMeantAsHoursOrDays_AreRefused(string key, string value)
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(ReadAsync(($"Sync:{key}", value)));

        failure.Failures.ShouldHaveSingleItem().ShouldStartWith($"Sync:{key} must be between 00:01:00 and ");
    }

    [Fact]
    public async Task Options_WithAnUnreadableValueAndAnotherWrongOne_ListBoth()
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(
            ReadAsync(("Sync:ItemTtl", "banana"), ("Sync:DelayedAfter", "0")));

        failure.Failures.ShouldBe(
        [
            "Sync:ItemTtl is 'banana', which cannot be read. Accepted: seconds such as 10 or 10s, minutes such as 5m, hours, minutes and seconds such as "
                + "00:00:10, or with days such as 30.00:00:00.",
            "Sync:DelayedAfter must be between 1 and 100.",
        ]);
    }

    private static async Task<SyncOptions> ReadAsync(params (string, string?)[] settings)
    {
        await using var host = await SyncHost.StartAsync("http://127.0.0.1:1", new WatchedClock(new ManualClock()), null, settings);
        return host.Get<IOptions<SyncOptions>>().Value;
    }
}
