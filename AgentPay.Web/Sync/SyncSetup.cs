using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

/// <summary>A map that a feature keeps its items in, made at the start.</summary>
/// <param name="IsWrittenByFrontEnds">Whether front ends may change its items, too.</param>
public sealed record SyncMapName(string Name, bool IsWrittenByFrontEnds);

/// <summary>
/// Finds or makes the service and its maps; what is there already is left as it is. Of several services with the name, every instance
/// takes the oldest, and of those of one second the one with the lowest SID: names are not unique, so nothing but this rule decides.
/// </summary>
/// <remarks>
/// A service that is older than <see cref="SyncOptions.Settling"/> cannot lose that place any more: whatever is made after it is younger,
/// and whatever was made within the same second is in the list by now. So the list is read again that long after a candidate was first
/// seen, by the instance that made it as well as by those that found it, and only then is the oldest used, and the others' maker deletes his.
/// </remarks>
internal sealed class SyncSetup(
    SyncClient sync, IOptions<SyncOptions> options, IEnumerable<SyncMapName> maps, TimeProvider clock, ILogger<SyncSetup> log)
{
    /// <summary>More than any two clocks are apart, so that what looks this old has settled.</summary>
    private static readonly TimeSpan SurelySettled = TimeSpan.FromMinutes(10);

    /// <exception cref="TwilioException">Sync cannot be reached, or refuses.</exception>
    /// <exception cref="SyncNotReadyException">The configured service does not exist.</exception>
    public async Task<string> FindOrMakeAsync(CancellationToken cancellation)
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
            throw new SyncNotReadyException($"The account of the API key has no Sync service {service}, which {SyncOptions.Section}:{nameof(SyncOptions.ServiceSid)} names");
        }
    }

    private async Task<SyncService> NamedAsync(CancellationToken cancellation)
    {
        var found = await OldestAsync(cancellation);
        if (found is not null && clock.GetUtcNow() - found.DateCreated > SurelySettled) return found;
        var made = found is null ? await sync.Services.CreateAsync(options.Value.ServiceName, cancellation) : null;
        await Task.Delay(options.Value.Settling, clock, cancellation);
        var oldest = await OldestAsync(cancellation) ?? throw new SyncNotReadyException("The Sync service has been deleted while it was being set up");
        if (made is not null && made.Sid != oldest.Sid) await DeleteAsync(made.Sid, cancellation);
        return oldest;
    }

    private async Task<SyncService?> OldestAsync(CancellationToken cancellation)
    {
        var named = await sync.Services.ListAsync(100, cancellation).Where(s => s.FriendlyName == options.Value.ServiceName).ToListAsync(cancellation);
        return named.OrderBy(s => s.DateCreated).ThenBy(s => s.Sid, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>A service that nobody uses does no harm, so it may also stay.</summary>
    private async Task DeleteAsync(string made, CancellationToken cancellation)
    {
        try
        {
            await sync.Services.DeleteAsync(made, cancellation);
        }
        catch (TwilioException failure)
        {
            log.SpareServiceStays(made, failure.Message);
        }
    }
}
