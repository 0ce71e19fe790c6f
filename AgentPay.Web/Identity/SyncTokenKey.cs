namespace AgentPay.Web.Identity;

/// <summary>The API key that signs access tokens: a standard or main API key of the account, in us1.</summary>
public sealed class SyncTokenKey
{
    public SyncTokenKey(string account, string sid, string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(account);
        ArgumentException.ThrowIfNullOrWhiteSpace(sid);
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        (Account, Sid, Secret) = (account, sid, secret);
    }

    public string Account { get; }

    public string Sid { get; }

    internal string Secret { get; }
}
