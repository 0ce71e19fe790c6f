using System.Globalization;
using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>
/// Deletes the history of days that are older than <see cref="SyncOptions.HistoryTtl"/>, four times a day. Sync's own lifetimes end at a
/// year, and Sync keeps the empty map of a day whose records have expired.
/// </summary>
public sealed class HistoryRetention(
    MapRetention maps, SyncSpace space, IOptions<SyncOptions> sync, TimeProvider clock, ILogger<HistoryRetention> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    /// <summary>The time from the start to the first deletion. A start has more urgent requests.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(10);

    private const string Prefix = "history-";

    /// <summary>Returns whether the map has the history of a UTC day whose last record has reached its age.</summary>
    public static bool IsExpired(string map, DateTimeOffset now, TimeSpan kept) =>
        map.StartsWith(Prefix, StringComparison.Ordinal)
        && DateOnly.TryParseExact(map[Prefix.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) + kept < now;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = FirstWait; ; wait = Interval)
        {
            await Task.Delay(wait, clock, stoppingToken);
            await space.WhenReadyAsync(stoppingToken);
            await DeleteAsync(stoppingToken);
        }
    }

    private async Task DeleteAsync(CancellationToken cancellation)
    {
        try
        {
            var (now, kept) = (clock.GetUtcNow(), sync.Value.HistoryTtl);
            foreach (var map in await maps.DeleteAsync(name => IsExpired(name, now, kept), cancellation)) log.HistoryDeleted(map);
        }
        catch (Exception failure) when (failure is ServiceUnavailableException or TwilioException)
        {
            log.HistoryNotDeleted(SyncProblem.Describe(failure));
        }
    }
}
