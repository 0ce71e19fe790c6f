namespace AgentPay.Web.Sandbox.Sync;

/// <summary>Who makes a request: the account itself, or the end user that a Sync token names.</summary>
/// <param name="Identity">What <c>created_by</c> shows.</param>
/// <param name="ServiceSid">The only service that the token is good for; null for the account.</param>
public sealed record SyncCaller(string Identity, string? ServiceSid)
{
    public static readonly SyncCaller Account = new("system", null);

    public bool IsAccount => ServiceSid is null;
}
