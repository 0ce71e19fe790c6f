using System.Collections.Concurrent;
using System.Security.Claims;

namespace AgentPay.Web.UserSessions;

/// <summary>
/// Records when each session was last used on this instance, and which sessions were signed out. Cookies cannot tell this: a circuit
/// outlives its cookie, and other tabs may use the session. A session ends two hours after its last use. It ends eight hours after the
/// sign-in at the latest, so that a removed role takes effect within a shift.
/// </summary>
public sealed class Sessions(TimeProvider clock)
{
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);

    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _signedOut = new();

    /// <summary>Raised on any thread with the id of a session that was signed out on this instance.</summary>
    internal event Action<string>? SignedOut;

    internal void Begin(ClaimsPrincipal principal) => SessionClaims.Begin(principal, clock.GetUtcNow() + Longest);

    /// <summary>Records that the session was used now.</summary>
    internal void Use(ClaimsPrincipal principal)
    {
        if (SessionClaims.IdOf(principal) is not { } id) return;
        if (!_used.ContainsKey(id)) RemoveExpired(_used);
        _used[id] = clock.GetUtcNow();
    }

    internal void SignOut(ClaimsPrincipal principal)
    {
        if (SessionClaims.IdOf(principal) is not { } id) return;
        RemoveExpired(_signedOut);
        _signedOut[id] = clock.GetUtcNow();
        SignedOut?.Invoke(id);
    }

    /// <summary>Whether the session was signed out on this instance, or its eight hours are over.</summary>
    // The idle time is left to the cookie: the session may have been used on another instance.
    internal bool IsOver(ClaimsPrincipal? principal) => clock.GetUtcNow() >= SessionClaims.EndOf(principal) || IsSignedOut(principal);

    /// <summary>Returns the end of the session, UTC, if it is not used again.</summary>
    internal DateTimeOffset EndOf(ClaimsPrincipal principal)
    {
        if (IsSignedOut(principal) || SessionClaims.IdOf(principal) is not { } id) return DateTimeOffset.MinValue;
        var end = SessionClaims.EndOf(principal);
        return _used.TryGetValue(id, out var used) && used + Idle < end ? used + Idle : end;
    }

    private bool IsSignedOut(ClaimsPrincipal? principal) => SessionClaims.IdOf(principal) is { } id && _signedOut.ContainsKey(id);

    private void RemoveExpired(ConcurrentDictionary<string, DateTimeOffset> times)
    {
        var oldest = clock.GetUtcNow() - Longest;
        foreach (var expired in times.Where(t => t.Value < oldest)) times.TryRemove(expired);
    }
}
