using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>Deletes maps with all their items. Throws the exceptions of <see cref="MapStore"/>.</summary>
public sealed class MapRetention(SyncClient sync, SyncSpace space, SyncMetrics metrics)
{
    private const int PageSize = 100;

    /// <summary>
    /// Deletes the maps whose names are selected, and returns their names. Costs one read for each hundred maps, and one write for each
    /// deleted map.
    /// </summary>
    public async Task<IReadOnlyList<string>> DeleteAsync(Func<string, bool> isExpired, CancellationToken cancellation)
    {
        var service = space.Service;
        var maps = metrics.ReadPagesAsync(sync.Maps.ListAsync(service, PageSize, cancellation), PageSize, cancellation);
        var expired = await maps.Select(map => map.UniqueName).OfType<string>().Where(isExpired).ToListAsync(cancellation);
        foreach (var map in expired) await metrics.WriteAsync(DeleteAsync(service, map, cancellation));
        return expired;
    }

    private async Task<bool> DeleteAsync(string service, string map, CancellationToken cancellation)
    {
        try
        {
            await sync.Maps.DeleteAsync(service, map, cancellation);
            return true;
        }
        catch (TwilioException gone) when (gone.IsNotFound)
        {
            // Another instance has deleted it.
            return false;
        }
    }
}
