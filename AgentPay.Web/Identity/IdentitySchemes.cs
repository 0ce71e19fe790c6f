namespace AgentPay.Web.Identity;

/// <summary>The authentication schemes.</summary>
public static class IdentitySchemes
{
    /// <summary>The cookie of a console session. The default scheme.</summary>
    public const string Session = "Session";

    /// <summary>Sign-in with Entra ID, which starts a session. The default challenge scheme.</summary>
    public const string SignIn = "Entra";

    /// <summary>An Entra ID access token for AgentPay's API.</summary>
    public const string EntraBearer = "EntraBearer";

    /// <summary>A Twilio Sync access token that AgentPay has issued.</summary>
    public const string SyncBearer = "SyncBearer";

    /// <summary>
    /// Uses <see cref="EntraBearer"/> for a request with an Authorization header, otherwise <see cref="Session"/>. Challenges with 401.
    /// </summary>
    public const string SessionOrEntraBearer = "SessionOrEntraBearer";
}
