using System.Collections.Concurrent;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

/// <summary>
/// Sets the permissions of Sync tokens according to <see cref="SyncOptions.AclEnabled"/>. While access control is enabled, a token has only
/// the permissions that were granted. AgentPay uses an API key, which needs none. Failures are only logged: they affect only front ends.
/// </summary>
public sealed class SyncAcl(
    SyncClient sync, SyncSpace space, SyncWriter writer, IEnumerable<SyncMapName> maps, IOptions<SyncOptions> options,
    TimeProvider clock, ILogger<SyncAcl> log)
{
    private readonly ConcurrentDictionary<(string, string), bool> _opened = new();
    private readonly ConcurrentDictionary<(string, string), bool> _closed = new();

    /// <summary>Grants tokens with this identity read access to the document, if <see cref="SyncOptions.AclEnabled"/> is true.</summary>
    public Task GrantAsync(string document, string identity, CancellationToken cancellation) =>
        ChangeOwnAsync(document, new() { Identity = identity, Read = true, Write = false, Manage = false }, cancellation);

    public Task RevokeAsync(string document, string identity, CancellationToken cancellation) =>
        ChangeOwnAsync(document, new() { Identity = identity, Read = false, Write = false, Manage = false }, cancellation);

    /// <summary>
    /// Grants tokens with this identity access to the maps of front ends, or removes all access, depending on
    /// <see cref="SyncOptions.AclEnabled"/>. Sends requests only once for each identity or map.
    /// </summary>
    public async Task SettleMapsAsync(string identity, CancellationToken cancellation)
    {
        if (!space.IsReady) return;
        var settling = options.Value.AclEnabled switch
        {
            null => OpenMapsAsync(space.Service, identity),
            true => Task.WhenAll(maps.Select(map => CloseAsync(map.Name, CancellationToken.None))),
            false => Task.CompletedTask,
        };
        await settling.WaitAsync(Timeouts.TokenPermissions, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// Removes all access of tokens to a map. In Sync, the creator of an object owns it, and a token may have created the map of a future
    /// day. Sends requests only once for each map.
    /// </summary>
    public async Task CloseAsync(string map, CancellationToken cancellation)
    {
        var service = space.Service;
        if (options.Value.AclEnabled == false || _closed.ContainsKey((service, map))) return;
        try
        {
            var owners = await sync.Permissions.ListAsync(service, map, cancellation)
                .Where(p => p.Read || p.Write || p.Manage).ToListAsync(cancellation);
            foreach (var owner in owners)
            {
                log.MapWasOpen(map, owner.Identity);
                if (!await ChangeAsync(SyncObject.Map(map), map, owner with { Read = false, Write = false, Manage = false }, cancellation))
                    return;
            }
            _closed[(service, map)] = true;
        }
        catch (TwilioException failure)
        {
            log.PermissionNotSet(map, failure.Message);
        }
    }

    private async Task OpenMapsAsync(string service, string identity)
    {
        if (_opened.ContainsKey((service, identity))) return;
        var done = await Task.WhenAll(maps.Select(map =>
            ChangeAsync(SyncObject.Map(map.Name), map.Name, PermissionOf(identity, map), CancellationToken.None)));
        if (done.All(isDone => isDone)) _opened[(service, identity)] = true;
    }

    private Task ChangeOwnAsync(string document, SyncPermission permission, CancellationToken cancellation) =>
        options.Value.AclEnabled == true
            ? ChangeAsync(SyncObject.Document(document), document, permission, cancellation)
            : Task.CompletedTask;

    private static SyncPermission PermissionOf(string identity, SyncMapName map) =>
        new() { Identity = identity, Read = true, Write = map.IsWrittenByFrontEnds, Manage = false };

    private async Task<bool> ChangeAsync(SyncObject target, string name, SyncPermission permission, CancellationToken cancellation)
    {
        try
        {
            await writer.RunAsync(null, SyncUrgency.Normal, attempt =>
                sync.Permissions.UpdateAsync(space.Service, target, permission, attempt.Cancellation), cancellation);
            return true;
        }
        catch (ServiceUnavailableException failure)
        {
            log.PermissionNotSet(name, failure.Message);
            return false;
        }
    }
}
