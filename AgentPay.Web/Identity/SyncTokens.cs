using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Identity;

/// <summary>Issues Sync tokens to users, and verifies those that clients send as bearer tokens to the API.</summary>
public sealed class SyncTokens(SyncSpace space, IOptions<TwilioOptions> twilio, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly SyncTokenKey _key = KeyOf(twilio.Value.SyncCredentials());

    /// <summary>Issues a token for one hour with the identity <see cref="CurrentUser.PrincipalName"/>.</summary>
    /// <exception cref="SyncNotReadyException">Sync has not been reached yet, so the SID of its service is unknown.</exception>
    public string Mint(CurrentUser user) => SyncAccessToken.Mint(_key, space.Service, user.PrincipalName, Lifetime, clock.GetUtcNow());

    /// <exception cref="SyncNotReadyException">Sync has not been reached yet, so the SID of its service is unknown.</exception>
    public SyncTokenVerdict Verify(string? token) => SyncAccessToken.Verify(_key, space.Service, token, clock.GetUtcNow());

    /// <summary>Issues a token for the user and verifies it, to check the configuration.</summary>
    /// <inheritdoc cref="Verify" path="/exception"/>
    public bool CanIssueTo(CurrentUser user) => Verify(Mint(user)).Identity == user.PrincipalName;

    private static SyncTokenKey KeyOf(TwilioSyncOptions options) =>
        new(options.AccountSid!, options.ApiKeySid!, options.ApiKeySecret!);
}
