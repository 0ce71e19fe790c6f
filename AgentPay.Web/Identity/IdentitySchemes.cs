namespace AgentPay.Web.Identity;

/// <summary>The ways in which a request shows who it is from.</summary>
public static class IdentitySchemes
{
    /// <summary>The cookie of someone who has signed in to the console. The default.</summary>
    public const string Session = "Session";

    /// <summary>Sign-in at Entra ID: how a session begins. The default challenge.</summary>
    public const string SignIn = "Entra";

    /// <summary>An access token of Entra ID for AgentPay's API.</summary>
    public const string EntraBearer = "EntraBearer";

    /// <summary>An access token of Twilio Sync that AgentPay has issued.</summary>
    public const string SyncBearer = "SyncBearer";

    /// <summary><see cref="EntraBearer"/> for a request with an Authorization header, which then counts alone; otherwise <see cref="Session"/>. Challenges with 401.</summary>
    public const string SessionOrEntraBearer = "SessionOrEntraBearer";
}
