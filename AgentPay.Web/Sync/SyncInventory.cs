using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>The state of a map. The SID is null when the map does not exist.</summary>
internal sealed record SyncMapState(string Name, string? Sid, DateTimeOffset? Updated);

/// <summary>The current state of AgentPay's Sync service and maps.</summary>
internal sealed record SyncObjects(string Service, string? Name, IReadOnlyList<SyncMapState> Maps);

/// <summary>Reads the state of AgentPay's objects in Sync and creates missing ones, for the setup page.</summary>
internal sealed class SyncInventory(SyncClient sync, SyncSpace space, SyncSetup setup, IEnumerable<SyncMapName> maps)
{
    /// <param name="more">Names of optional maps to include.</param>
    /// <exception cref="TwilioException">Sync cannot be reached or refused the request.</exception>
    /// <exception cref="SyncNotReadyException">Sync has not been set up yet.</exception>
    public async Task<SyncObjects> ReadAsync(IEnumerable<string> more, CancellationToken cancellation)
    {
        var service = await sync.Services.FetchAsync(space.Service, cancellation);
        var states = new List<SyncMapState>();
        foreach (var map in maps.Select(map => map.Name).Concat(more)) states.Add(await StateOfAsync(service.Sid, map, cancellation));
        return new(service.Sid, service.FriendlyName, states);
    }

    /// <summary>
    /// Creates the service and the required maps if they are missing. Changes nothing of existing objects except access control.
    /// </summary>
    /// <inheritdoc cref="SyncSetup.EnsureAsync"/>
    public async Task<string> ProvisionAsync(CancellationToken cancellation)
    {
        var service = await setup.EnsureAsync(cancellation);
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
