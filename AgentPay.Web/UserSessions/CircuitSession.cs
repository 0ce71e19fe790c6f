using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace AgentPay.Web.UserSessions;

/// <summary>Who a circuit is for, until the session ends: a circuit sends no cookie that could expire, so the end is watched here.</summary>
internal sealed class CircuitSession(Sessions sessions, TimeProvider clock) : AuthenticationStateProvider, IHostEnvironmentAuthenticationStateProvider, IDisposable
{
    private static readonly Task<AuthenticationState> Nobody = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity())));

    private readonly Lock _lock = new();
    private Task<AuthenticationState> _state = Nobody;
    private ClaimsPrincipal? _followed;
    private ITimer? _timer;

    public override Task<AuthenticationState> GetAuthenticationStateAsync() => _state;

    public void SetAuthenticationState(Task<AuthenticationState> authenticationStateTask)
    {
        _state = authenticationStateTask;
        NotifyAuthenticationStateChanged(_state);
    }

    /// <summary>The circuit is open: from here on the session's end is its end.</summary>
    public async Task FollowAsync()
    {
        var user = (await _state).User;
        if (SessionClaims.IdOf(user) is null) return;
        lock (_lock)
        {
            _followed = user;
            _timer = clock.CreateTimer(_ => Check(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        sessions.Use(user);
        sessions.SignedOut += CheckIfOurs;
        Check();
    }

    /// <summary>Somebody does something on the page.</summary>
    public void Use()
    {
        if (_followed is { } user) sessions.Use(user);
    }

    public void Dispose()
    {
        sessions.SignedOut -= CheckIfOurs;
        Leave();
    }

    private void CheckIfOurs(string id)
    {
        if (SessionClaims.IdOf(_followed) == id) Check();
    }

    private void Check()
    {
        lock (_lock)
        {
            if (_followed is null) return;
            var left = sessions.EndOf(_followed) - clock.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                _timer!.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }
            Leave();
        }
        SetAuthenticationState(Nobody);
    }

    private void Leave()
    {
        lock (_lock)
        {
            _followed = null;
            _timer?.Dispose();
        }
    }
}
