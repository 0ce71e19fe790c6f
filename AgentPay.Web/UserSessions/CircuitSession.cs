using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace AgentPay.Web.UserSessions;

/// <summary>The user of a circuit. Signs the circuit out when the session ends: a circuit sends no cookie that could expire.</summary>
internal sealed class CircuitSession(Sessions sessions, TimeProvider clock)
    : AuthenticationStateProvider, IHostEnvironmentAuthenticationStateProvider, IDisposable
{
    private static readonly Task<AuthenticationState> Anonymous =
        Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity())));

    private readonly Lock _lock = new();
    private Task<AuthenticationState> _state = Anonymous;
    private ClaimsPrincipal? _user;
    private ITimer? _timer;

    public override Task<AuthenticationState> GetAuthenticationStateAsync() => _state;

    public void SetAuthenticationState(Task<AuthenticationState> authenticationStateTask)
    {
        _state = authenticationStateTask;
        NotifyAuthenticationStateChanged(_state);
    }

    /// <summary>Starts to watch the session when the circuit has opened.</summary>
    public async Task WatchAsync()
    {
        var user = (await _state).User;
        if (SessionClaims.IdOf(user) is null) return;
        lock (_lock)
        {
            _user = user;
            _timer = clock.CreateTimer(_ => CheckExpiry(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        sessions.Use(user);
        sessions.SignedOut += OnSignedOut;
        CheckExpiry();
    }

    /// <summary>Records activity of the user, which extends the session.</summary>
    public void Use()
    {
        if (_user is { } user) sessions.Use(user);
    }

    public void Dispose()
    {
        sessions.SignedOut -= OnSignedOut;
        StopWatching();
    }

    private void OnSignedOut(string id)
    {
        if (SessionClaims.IdOf(_user) == id) CheckExpiry();
    }

    private void CheckExpiry()
    {
        lock (_lock)
        {
            if (_user is null) return;
            var remaining = sessions.EndOf(_user) - clock.GetUtcNow();
            if (remaining > TimeSpan.Zero)
            {
                _timer!.Change(remaining, Timeout.InfiniteTimeSpan);
                return;
            }
            StopWatching();
        }
        SetAuthenticationState(Anonymous);
    }

    private void StopWatching()
    {
        lock (_lock)
        {
            _user = null;
            _timer?.Dispose();
        }
    }
}
