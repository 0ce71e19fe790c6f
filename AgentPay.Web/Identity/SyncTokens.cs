using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Identity;

/// <summary>The Sync tokens that AgentPay issues to its users, and takes from them as the bearer of its API.</summary>
public sealed class SyncTokens(SyncSpace space, IOptions<TwilioOptions> twilio, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly SyncTokenKey _key = KeyOf(twilio.Value.SyncCredentials());

    /// <summary>A token for an hour, in the name of <see cref="CurrentUser.PrincipalName"/>.</summary>
    /// <exception cref="SyncNotReadyException">The service that it is to let into is not known yet.</exception>
    public string Mint(CurrentUser user) => SyncAccessToken.Mint(_key, space.Service, user.PrincipalName, Lifetime, clock.GetUtcNow());

    /// <exception cref="SyncNotReadyException">The service that it has to let into is not known yet.</exception>
    public SyncTokenVerdict Verify(string? token) => SyncAccessToken.Verify(_key, space.Service, token, clock.GetUtcNow());

    /// <summary>Whether a token minted for this user is valid and carries their name: a check of the configuration.</summary>
    /// <inheritdoc cref="Verify" path="/exception"/>
    public bool CanIssueTo(CurrentUser user) => Verify(Mint(user)).Identity == user.PrincipalName;

    private static SyncTokenKey KeyOf(TwilioSyncOptions options) =>
        new(options.AccountSid!, options.ApiKeySid!, options.ApiKeySecret!);
}
