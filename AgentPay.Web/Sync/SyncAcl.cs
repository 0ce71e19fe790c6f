using AgentPay.Web.Twilio;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

/// <summary>
/// Who may read a document with a Sync token, where <see cref="SyncOptions.AclEnabled"/> is on: nobody whom it was not given to. AgentPay itself
/// reads with its API key, which no permission binds.
/// </summary>
public sealed class SyncAcl(SyncClient sync, SyncSpace space, SyncWriter writer, IOptions<SyncOptions> options, ILogger<SyncAcl> log)
{
    /// <summary>Lets the holder of a token with this identity read the document, and nothing else. When Sync does not take it, that is logged: only front ends read this way.</summary>
    public Task GrantAsync(string document, string identity, CancellationToken cancellation) =>
        ChangeAsync(document, new() { Identity = identity, Read = true, Write = false, Manage = false }, cancellation);

    public Task RevokeAsync(string document, string identity, CancellationToken cancellation) =>
        ChangeAsync(document, new() { Identity = identity, Read = false, Write = false, Manage = false }, cancellation);

    private async Task ChangeAsync(string document, SyncPermission permission, CancellationToken cancellation)
    {
        if (!options.Value.AclEnabled) return;
        try
        {
            await writer.RunAsync(
                SyncUrgency.Normal,
                attempt => sync.Permissions.UpdateAsync(space.Service, new SyncObject.Document(document), permission, attempt.Cancellation),
                cancellation);
        }
        catch (Exception failure) when (failure is TwilioException or SyncNotReadyException)
        {
            log.PermissionNotSet(document, failure.Message);
        }
    }
}
