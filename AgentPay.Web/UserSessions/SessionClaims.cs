using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;

namespace AgentPay.Web.UserSessions;

/// <summary>What a session's cookie carries beside who it is of: which session it is, and when it ends whatever happens.</summary>
internal static class SessionClaims
{
    private const string Id = "session";
    private const string End = "session_end";

    public static void Begin(ClaimsPrincipal principal, DateTimeOffset end) => ((ClaimsIdentity)principal.Identity!).AddClaims(
    [
        new(Id, Convert.ToHexString(RandomNumberGenerator.GetBytes(16))),
        new(End, end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
    ]);

    /// <summary>Null for whoever has not signed in by a session.</summary>
    public static string? IdOf(ClaimsPrincipal? principal) => principal?.FindFirst(Id)?.Value;

    /// <summary>Long ago when it is not said.</summary>
    public static DateTimeOffset EndOf(ClaimsPrincipal? principal) =>
        long.TryParse(principal?.FindFirst(End)?.Value, CultureInfo.InvariantCulture, out var end) ? DateTimeOffset.FromUnixTimeSeconds(end) : DateTimeOffset.MinValue;
}
