namespace AgentPay.Web.Identity;

/// <summary>Why a person is on <c>/denied?reason=…</c>.</summary>
public static class DeniedReason
{
    /// <summary>They cancelled the sign-in.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>They are signed in, but have no role that opens the page.</summary>
    public const string NoRole = "no-role";

    /// <summary>As <see cref="NoRole"/>, because Entra has left the groups out of the token: there are too many (groups overage).</summary>
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

    /// <summary>The new ID token has expired already, or is not valid yet: this server's clock is wrong.</summary>
    public const string WrongClock = "wrong-clock";

    /// <summary>Neither certificate nor managed identity could be loaded to authenticate at Entra.</summary>
    public const string NoCredential = "no-credential";

    /// <summary>Anything else: the sign-in took too long, was completed before, or was started in another browser.</summary>
    public const string SignInFailed = "sign-in-failed";
}
