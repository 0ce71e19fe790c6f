using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

internal static class SyncMapsExtensions
{
    // Creates a map. Returns false when it exists already. Throws a TwilioException with status 404 when the service was deleted.
    public static async Task<bool> EnsureAsync(this SyncMaps maps, string service, string map, CancellationToken cancellation)
    {
        try
        {
            await maps.CreateAsync(service, map, cancellation);
            return true;
        }
        catch (TwilioException exists) when (exists.IsConflict)
        {
            return false;
        }
    }
}
