namespace AgentPay.Web.Identity;

/// <summary>The reason codes of <c>/denied?reason=…</c>.</summary>
public static class DeniedReason
{
    /// <summary>The user cancelled the sign-in.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The user is signed in, but has no role for the page.</summary>
    public const string NoRole = "no-role";

    /// <summary>Like <see cref="NoRole"/>, but the token has no groups: the user has too many (groups overage).</summary>
    public const string GroupsMissing = "groups-missing";

    /// <summary>Entra answered the sign-in with an error.</summary>
    public const string EntraRefused = "entra-refused";

    /// <summary>Entra could not be reached.</summary>
    public const string EntraUnreachable = "entra-unreachable";

    /// <summary>The ID token is not valid.</summary>
    public const string TokenRefused = "token-refused";

    /// <summary>The ID token is larger than 16 KiB.</summary>
    public const string TokenTooLarge = "token-too-large";

    /// <summary>The ID token has none of the claims <c>preferred_username</c>, <c>upn</c>, <c>oid</c> and <c>email</c>.</summary>
    public const string NoName = "no-name";

    /// <summary>The new ID token has already expired, or is not valid yet: this server's clock is wrong.</summary>
    public const string WrongClock = "wrong-clock";

    /// <summary>None of the configured client credentials could be loaded.</summary>
    public const string NoCredential = "no-credential";

    /// <summary>Any other failure: the sign-in took too long, was already completed, or was started in another browser.</summary>
    public const string SignInFailed = "sign-in-failed";
}
