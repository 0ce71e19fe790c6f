using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>One of the maps; without a SID it is not there.</summary>
internal sealed record SyncMapState(string Name, string? Sid, DateTimeOffset? Updated);

/// <summary>AgentPay's service and maps, as they are just now.</summary>
internal sealed record SyncObjects(string Service, string? Name, IReadOnlyList<SyncMapState> Maps);

/// <summary>What there is of AgentPay in Sync, and making what is missing by hand, for whoever sets it up.</summary>
internal sealed class SyncInventory(SyncClient sync, SyncSpace space, SyncSetup setup, IEnumerable<SyncMapName> maps)
{
    /// <param name="more">Maps to look for beside those that have to be there.</param>
    /// <exception cref="TwilioException">Sync cannot be reached, or refuses.</exception>
    /// <exception cref="SyncNotReadyException">No service has been found or made so far.</exception>
    public async Task<SyncObjects> ReadAsync(IEnumerable<string> more, CancellationToken cancellation)
    {
        var service = await sync.Services.FetchAsync(space.Service, cancellation);
        var states = new List<SyncMapState>();
        foreach (var map in maps.Select(map => map.Name).Concat(more)) states.Add(await StateOfAsync(service.Sid, map, cancellation));
        return new(service.Sid, service.FriendlyName, states);
    }

    /// <summary>Finds or makes the service and the maps that have to be there. What is there stays as it is, however often this is done.</summary>
    /// <inheritdoc cref="SyncSetup.FindOrMakeAsync"/>
    public async Task<string> ProvisionAsync(CancellationToken cancellation)
    {
        var service = await setup.FindOrMakeAsync(cancellation);
        if (!space.IsReady) space.Ready(service);
        return service;
    }

    private async Task<SyncMapState> StateOfAsync(string service, string name, CancellationToken cancellation)
    {
        try
        {
            var map = await sync.Maps.FetchAsync(service, name, cancellation);
            return new(name, map.Sid, map.DateUpdated);
        }
        catch (TwilioException missing) when (missing.IsNotFound)
        {
            return new(name, null, null);
        }
    }
}
