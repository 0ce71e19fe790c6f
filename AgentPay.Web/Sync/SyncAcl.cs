using System.Collections.Concurrent;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

/// <summary>
/// Who may do what in Sync with a token, as <see cref="SyncOptions.AclEnabled"/> has it: nobody anything that was not given to them. AgentPay
/// itself comes with its API key, which no permission binds. What Sync does not take is logged: only front ends come this way.
/// </summary>
public sealed class SyncAcl(
    SyncClient sync, SyncSpace space, SyncWriter writer, IEnumerable<SyncMapName> maps, IOptions<SyncOptions> options, TimeProvider clock, ILogger<SyncAcl> log)
{
    /// <summary>Whoever asks for a token is not kept waiting longer for what it opens; that goes on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<(string, string), bool> _opened = new();
    private readonly ConcurrentDictionary<(string, string), bool> _closed = new();

    /// <summary>Lets the holder of a token with this identity read the document, where tokens are for one's own payments.</summary>
    public Task GrantAsync(string document, string identity, CancellationToken cancellation) =>
        ChangeOwnAsync(document, new() { Identity = identity, Read = true, Write = false, Manage = false }, cancellation);

    public Task RevokeAsync(string document, string identity, CancellationToken cancellation) =>
        ChangeOwnAsync(document, new() { Identity = identity, Read = false, Write = false, Manage = false }, cancellation);

    /// <summary>
    /// Lets the holder of a token with this identity work with the maps of front ends, where tokens are for these, and else nobody any more. Asked
    /// of Sync once for each identity, or map.
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
        await settling.WaitAsync(Patience, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// Takes away what holders of tokens may do with a map that is for none of them: whoever makes an object with a token owns it, and may have
    /// made the map of a day to come. Asked of Sync once for each map.
    /// </summary>
    public async Task CloseAsync(string map, CancellationToken cancellation)
    {
        var service = space.Service;
        if (options.Value.AclEnabled == false || _closed.ContainsKey((service, map))) return;
        try
        {
            var owners = await sync.Permissions.ListAsync(service, map, cancellation).Where(p => p.Read || p.Write || p.Manage).ToListAsync(cancellation);
            foreach (var owner in owners)
            {
                log.MapWasOpen(map, owner.Identity);
                if (!await ChangeAsync(SyncObject.Map(map), map, owner with { Read = false, Write = false, Manage = false }, cancellation)) return;
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
            ChangeAsync(SyncObject.Map(map.Name), map.Name, new() { Identity = identity, Read = true, Write = map.IsWrittenByFrontEnds, Manage = false }, CancellationToken.None)));
        if (done.All(isDone => isDone)) _opened[(service, identity)] = true;
    }

    private Task ChangeOwnAsync(string document, SyncPermission permission, CancellationToken cancellation) =>
        options.Value.AclEnabled == true ? ChangeAsync(SyncObject.Document(document), document, permission, cancellation) : Task.CompletedTask;

    private async Task<bool> ChangeAsync(SyncObject target, string name, SyncPermission permission, CancellationToken cancellation)
    {
        try
        {
            await writer.RunAsync(SyncUrgency.Normal, attempt => sync.Permissions.UpdateAsync(space.Service, target, permission, attempt.Cancellation), cancellation);
            return true;
        }
        catch (Exception failure) when (SyncProblem.IsUnavailable(failure))
        {
            log.PermissionNotSet(name, failure.Message);
            return false;
        }
    }
}
