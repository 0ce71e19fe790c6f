using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

/// <summary>A map that is created when Sync is set up.</summary>
/// <param name="IsWrittenByFrontEnds">True when front ends may also write to it.</param>
public sealed record SyncMapName(string Name, bool IsWrittenByFrontEnds);

// Creates the service and its maps if they are missing, and sets the service's access control.
// Service names are not unique in Sync, so instances that start together may each create a service. All instances then choose the oldest
// one, and among services of the same second the one with the lowest SID.
// Every instance lists the services, waits for SyncOptions.Settling and lists them again before it chooses. By then, the list contains all
// services of the same second, and later ones are younger, so the choice is final.
// An instance deletes the service that it created if it chose another one.
internal sealed class SyncSetup(
    SyncClient sync, IOptions<SyncOptions> options, IEnumerable<SyncMapName> maps, TimeProvider clock, ILogger<SyncSetup> log)
{
    // A service of this age needs no waiting, even if the clocks of Sync and this server differ by minutes.
    private static readonly TimeSpan SettledAge = TimeSpan.FromMinutes(10);

    /// <exception cref="TwilioException">Sync cannot be reached or refused a request.</exception>
    /// <exception cref="SyncNotReadyException">The configured service does not exist.</exception>
    public async Task<string> EnsureAsync(CancellationToken cancellation)
    {
        var service = options.Value.ServiceSid is { } configured
            ? await ConfiguredAsync(configured, cancellation)
            : await NamedAsync(cancellation);
        var isAclWanted = options.Value.AclEnabled != false;
        if (service.AclEnabled != isAclWanted) await sync.Services.UpdateAsync(service.Sid, isAclWanted, cancellation);
        foreach (var map in maps) await sync.Maps.EnsureAsync(service.Sid, map.Name, cancellation);
        return service.Sid;
    }

    private async Task<SyncService> ConfiguredAsync(string service, CancellationToken cancellation)
    {
        try
        {
            return await sync.Services.FetchAsync(service, cancellation);
        }
        catch (TwilioException missing) when (missing.IsNotFound)
        {
            throw new SyncNotReadyException(
                $"The account of the API key has no Sync service {service} (from {SyncOptions.Section}:{nameof(SyncOptions.ServiceSid)})");
        }
    }

    private async Task<SyncService> NamedAsync(CancellationToken cancellation)
    {
        var found = await OldestAsync(cancellation);
        if (found is not null && clock.GetUtcNow() - found.DateCreated > SettledAge) return found;
        var created = found is null ? await sync.Services.CreateAsync(options.Value.ServiceName, cancellation) : null;
        await Task.Delay(options.Value.Settling, clock, cancellation);
        var oldest = await OldestAsync(cancellation)
            ?? throw new SyncNotReadyException("The Sync service was deleted during its setup");
        if (created is not null && created.Sid != oldest.Sid) await DeleteAsync(created.Sid, cancellation);
        return oldest;
    }

    private async Task<SyncService?> OldestAsync(CancellationToken cancellation)
    {
        var named = await sync.Services.ListAsync(100, cancellation)
            .Where(service => service.FriendlyName == options.Value.ServiceName)
            .ToListAsync(cancellation);
        return named.OrderBy(s => s.DateCreated).ThenBy(s => s.Sid, StringComparer.Ordinal).FirstOrDefault();
    }

    // A failure is only logged, as an unused service does no harm.
    private async Task DeleteAsync(string service, CancellationToken cancellation)
    {
        try
        {
            await sync.Services.DeleteAsync(service, cancellation);
        }
        catch (TwilioException failure)
        {
            log.DuplicateServiceNotDeleted(service, failure.Message);
        }
    }
}
