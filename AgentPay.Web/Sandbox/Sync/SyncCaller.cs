namespace AgentPay.Web.Sandbox.Sync;

/// <summary>The sender of a request: the account, or the end user that an access token names.</summary>
/// <param name="Identity">The value of <c>created_by</c>.</param>
/// <param name="ServiceSid">The service that the access token is valid for; null for the account.</param>
public sealed record SyncCaller(string Identity, string? ServiceSid)
{
    public static readonly SyncCaller Account = new("system", null);

    public bool IsAccount => ServiceSid is null;
}
