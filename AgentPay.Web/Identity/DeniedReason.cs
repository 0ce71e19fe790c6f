namespace AgentPay.Web.Identity;

/// <summary>Why somebody ended up on <c>/denied?reason=…</c>.</summary>
public static class DeniedReason
{
    /// <summary>They cancelled the sign-in.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>They are signed in, but have no role that opens the page.</summary>
    public const string NoRole = "no-role";

    /// <summary>Entra answered the sign-in with an error.</summary>
    public const string EntraRefused = "entra-refused";

    /// <summary>Entra could not be reached.</summary>
    public const string EntraUnreachable = "entra-unreachable";

    /// <summary>The ID token did not hold.</summary>
    public const string TokenRefused = "token-refused";

    /// <summary>The ID token, just issued, has expired already, or is not good yet: this server's clock is wrong.</summary>
    public const string WrongClock = "wrong-clock";

    /// <summary>Anything else: the sign-in took too long, was finished before, or was not begun in this browser.</summary>
    public const string SignInFailed = "sign-in-failed";
}
