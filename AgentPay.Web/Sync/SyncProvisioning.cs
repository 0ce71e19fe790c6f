using AgentPay.Web.Twilio;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

/// <summary>
/// Finds or makes the service and its maps at the start, and goes on trying while Sync is out of reach. Instances that start together
/// end up in the same service: the oldest of that name.
/// </summary>
public sealed class SyncProvisioning(
    SyncClient sync, SyncSpace space, IOptions<SyncOptions> options, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<SyncProvisioning> log)
    : BackgroundService
{
    public const string UuiMap = "uuiMap";
    public const string PayMap = "payMap";

    /// <summary>How long the maker of a service waits for others who are making one at the same time.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Idempotent: what is there already is left as it is.</summary>
    public async Task ProvisionAsync(CancellationToken cancellation)
    {
        var service = await FindOrCreateServiceAsync(cancellation);
        foreach (var map in (string[])[UuiMap, PayMap]) await EnsureMapAsync(service, map, cancellation);
        space.Ready(service);
        log.Provisioned(service);
    }

    /// <summary>Makes a map unless it is there.</summary>
    public async Task EnsureMapAsync(SyncServiceSid service, string map, CancellationToken cancellation)
    {
        try
        {
            await sync.Maps.CreateAsync(service, new() { UniqueName = map }, cancellation);
        }
        catch (TwilioException exists) when (exists.IsConflict)
        {
            // Made by an earlier start, or by another instance.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // In the sandbox, Sync is this very server, which listens only once every service has been started.
        await lifetime.WhenStartedAsync(stoppingToken);
        for (var wait = TimeSpan.FromSeconds(1); !space.IsReady; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await ProvisionAsync(stoppingToken);
                return;
            }
            catch (TwilioException failure)
            {
                space.NotReady(failure.Message);
                log.NotProvisioned(failure.Message, wait);
                await Task.Delay(wait, clock, stoppingToken);
            }
        }
    }

    private async Task<SyncServiceSid> FindOrCreateServiceAsync(CancellationToken cancellation)
    {
        if (SyncServiceSid.TryParse(options.Value.ServiceSid, out var configured)) return (await sync.Services.FetchAsync(configured, cancellation)).Sid;
        if (await OldestAsync(cancellation) is { } known) return known;
        var made = await sync.Services.CreateAsync(new() { FriendlyName = options.Value.ServiceName }, cancellation);
        await Task.Delay(Settling, clock, cancellation);
        var chosen = await OldestAsync(cancellation) ?? made.Sid;
        if (chosen != made.Sid) await sync.Services.DeleteAsync(made.Sid, cancellation);
        return chosen;
    }

    private async Task<SyncServiceSid?> OldestAsync(CancellationToken cancellation)
    {
        var named = await sync.Services.ListAsync(cancellation: cancellation).Where(s => s.FriendlyName == options.Value.ServiceName).ToListAsync(cancellation);
        return named.OrderBy(s => s.DateCreated).ThenBy(s => s.Sid.ToString(), StringComparer.Ordinal).FirstOrDefault()?.Sid;
    }
}
