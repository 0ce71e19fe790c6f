using System.Collections.Concurrent;
using System.Security.Claims;

namespace AgentPay.Web.UserSessions;

/// <summary>
/// The sessions as this process has seen them: when each was used last, and which were signed out. A cookie is told neither by another
/// tab, and a circuit outlives its cookie. A session ends two hours after its last use, and eight hours after the sign-in whatever
/// happens, so that somebody whose role was taken away is out within a shift.
/// </summary>
public sealed class Sessions(TimeProvider clock)
{
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);

    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _signedOut = new();

    /// <summary>A session was signed out, on this instance. Raised with its id, on any thread.</summary>
    internal event Action<string>? SignedOut;

    internal void Begin(ClaimsPrincipal principal) => SessionClaims.Begin(principal, clock.GetUtcNow() + Longest);

    /// <summary>Somebody does something with it.</summary>
    internal void Use(ClaimsPrincipal principal)
    {
        if (SessionClaims.IdOf(principal) is not { } id) return;
        if (!_used.ContainsKey(id)) Forget(_used);
        _used[id] = clock.GetUtcNow();
    }

    internal void SignOut(ClaimsPrincipal principal)
    {
        if (SessionClaims.IdOf(principal) is not { } id) return;
        Forget(_signedOut);
        _signedOut[id] = clock.GetUtcNow();
        SignedOut?.Invoke(id);
    }

    /// <summary>Whether it has been signed out, or had its eight hours. Of idleness the cookie knows more: it may have been used on another instance.</summary>
    internal bool IsOver(ClaimsPrincipal? principal) => clock.GetUtcNow() >= SessionClaims.EndOf(principal) || IsSignedOut(principal);

    /// <summary>When it ends, if it is not used again on this instance.</summary>
    internal DateTimeOffset EndOf(ClaimsPrincipal principal)
    {
        if (IsSignedOut(principal) || SessionClaims.IdOf(principal) is not { } id) return DateTimeOffset.MinValue;
        var end = SessionClaims.EndOf(principal);
        return _used.TryGetValue(id, out var used) && used + Idle < end ? used + Idle : end;
    }

    private bool IsSignedOut(ClaimsPrincipal? principal) => SessionClaims.IdOf(principal) is { } id && _signedOut.ContainsKey(id);

    /// <summary>What is older than any session can be.</summary>
    private void Forget(ConcurrentDictionary<string, DateTimeOffset> times)
    {
        var longAgo = clock.GetUtcNow() - Longest;
        foreach (var old in times.Where(t => t.Value < longAgo)) times.TryRemove(old);
    }
}
