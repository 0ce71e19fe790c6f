namespace AgentPay.Web.TwilioApi;

/// <summary>The API key that signs access tokens: a standard or main key of the account, in us1.</summary>
public sealed class SyncTokenKey
{
    public SyncTokenKey(AccountSid account, ApiKeySid sid, string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        (Account, Sid, Secret) = (account, sid, secret);
    }

    public AccountSid Account { get; }

    public ApiKeySid Sid { get; }

    internal string Secret { get; }
}
