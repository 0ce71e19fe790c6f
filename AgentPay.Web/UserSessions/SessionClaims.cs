using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;

namespace AgentPay.Web.UserSessions;

/// <summary>The claims of a session: its id, and its latest possible end.</summary>
internal static class SessionClaims
{
    private const string Id = "session";
    private const string End = "session_end";

    public static void Begin(ClaimsPrincipal principal, DateTimeOffset end) => ((ClaimsIdentity)principal.Identity!).AddClaims(
    [
        new(Id, Convert.ToHexString(RandomNumberGenerator.GetBytes(16))),
        new(End, end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
    ]);

    /// <summary>Null if the principal has no session.</summary>
    public static string? IdOf(ClaimsPrincipal? principal) => principal?.FindFirst(Id)?.Value;

    /// <summary>The latest possible end, UTC; <see cref="DateTimeOffset.MinValue"/> if the claim is missing.</summary>
    public static DateTimeOffset EndOf(ClaimsPrincipal? principal) =>
        long.TryParse(principal?.FindFirst(End)?.Value, CultureInfo.InvariantCulture, out var end)
            ? DateTimeOffset.FromUnixTimeSeconds(end)
            : DateTimeOffset.MinValue;
}
