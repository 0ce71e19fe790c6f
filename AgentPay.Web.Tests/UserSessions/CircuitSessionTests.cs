using System.Security.Claims;
using AgentPay.Web.UserSessions;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Components.Authorization;

namespace AgentPay.Web.Tests.UserSessions;

public sealed class CircuitSessionTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly Sessions _sessions;
    private readonly ClaimsPrincipal _amara;
    private readonly CircuitSession _circuit;

    public CircuitSessionTests()
    {
        _sessions = new(_clock);
        _amara = SignedIn();
        _circuit = Open(_amara);
    }

    [Fact]
    public async Task Circuit_LeftAlone_EndsAfterTwoHours()
    {
        _clock.Advance(Sessions.Idle - TimeSpan.FromSeconds(1));
        (await IsSignedInAsync(_circuit)).ShouldBeTrue();

        _clock.Advance(TimeSpan.FromSeconds(1));

        (await IsSignedInAsync(_circuit)).ShouldBeFalse();
    }

    [Fact]
    public async Task Circuit_Used_EndsEightHoursAfterTheSignIn()
    {
        for (var passed = TimeSpan.Zero; passed < Sessions.Longest; passed += TimeSpan.FromHours(1))
        {
            (await IsSignedInAsync(_circuit)).ShouldBeTrue($"after {passed}");
            _circuit.Use();
            _clock.Advance(TimeSpan.FromHours(1));
        }

        (await IsSignedInAsync(_circuit)).ShouldBeFalse();
    }

    [Fact]
    public async Task Circuit_OfASessionThatIsUsedInAnotherTab_GoesOn()
    {
        _clock.Advance(TimeSpan.FromMinutes(90));
        _sessions.Use(_amara);

        _clock.Advance(TimeSpan.FromMinutes(90));

        (await IsSignedInAsync(_circuit)).ShouldBeTrue();
    }

    [Fact]
    public async Task Circuit_OfASessionThatIsSignedOut_EndsAtOnceAndTellsThePage()
    {
        var told = 0;
        _circuit.AuthenticationStateChanged += _ => told++;

        _sessions.SignOut(_amara);

        (await IsSignedInAsync(_circuit)).ShouldBeFalse();
        told.ShouldBe(1);
    }

    [Fact]
    public async Task Circuit_OfAnotherSessionOfTheSamePerson_GoesOn()
    {
        _sessions.SignOut(SignedIn());

        (await IsSignedInAsync(_circuit)).ShouldBeTrue();
    }

    [Fact]
    public async Task Circuit_Over_IsNotBroughtBackByUse()
    {
        _clock.Advance(Sessions.Idle);

        _circuit.Use();

        (await IsSignedInAsync(_circuit)).ShouldBeFalse();
    }

    [Fact]
    public async Task Circuit_Closed_HearsNothingMore()
    {
        _circuit.Dispose();

        _sessions.SignOut(_amara);

        (await IsSignedInAsync(_circuit)).ShouldBeTrue();
    }

    [Fact]
    public async Task Circuit_OfNobody_StaysNobodys()
    {
        using var circuit = Open(new ClaimsPrincipal(new ClaimsIdentity()));

        (await IsSignedInAsync(circuit)).ShouldBeFalse();
    }

    public void Dispose() => _circuit.Dispose();

    private CircuitSession Open(ClaimsPrincipal principal)
    {
        var circuit = new CircuitSession(_sessions, _clock);
        circuit.SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
        circuit.WatchAsync().IsCompletedSuccessfully.ShouldBeTrue();
        return circuit;
    }

    private ClaimsPrincipal SignedIn()
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new("oid", People.Amara)], "test"));
        _sessions.Begin(principal);
        return principal;
    }

    private static async Task<bool> IsSignedInAsync(CircuitSession circuit) =>
        (await circuit.GetAuthenticationStateAsync()).User.Identity!.IsAuthenticated;
}
