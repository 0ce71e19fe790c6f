using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

internal static class SyncMapsExtensions
{
    /// <summary>Makes a map unless it is there; false when it was, by an earlier start or another instance. A 404 means that the service itself is gone.</summary>
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
