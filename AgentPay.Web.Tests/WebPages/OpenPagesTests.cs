using System.Security.Claims;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.WebPages;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.WebPages;

/// <summary>The limits of open pages, by person and in all.</summary>
public sealed class OpenPagesTests
{
    private readonly OpenPages _pages = new(Options.Create(new ConsoleOptions { MaxPages = 5, MaxPagesPerPerson = 2 }), Budgets.Meters());

    [Fact]
    public async Task Page_BeyondTheLimitOfItsPerson_IsRefusedAndAnotherPersonsIsNot()
    {
        var first = await OpenAsync("amara");
        (await OpenAsync("amara")).Refusal.ShouldBeNull();

        (await OpenAsync("amara")).Refusal.ShouldBe(PageRefusal.Person);
        (await OpenAsync("ben")).Refusal.ShouldBeNull();

        await CloseAsync(first);
        (await OpenAsync("amara")).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Page_BeyondTheLimitOfTheInstance_IsRefused()
    {
        var pages = new List<CircuitPlace>();
        for (var person = 0; person < 5; person++) pages.Add(await OpenAsync($"person {person}"));
        pages.ShouldAllBe(page => page.Refusal == null);

        (await OpenAsync("one more")).Refusal.ShouldBe(PageRefusal.Instance);
    }

    [Fact]
    public async Task Page_ThatLostItsConnection_MayAlwaysComeBack()
    {
        var page = await OpenAsync("amara");
        await CloseAsync(page);
        await OpenAsync("amara");
        await OpenAsync("amara");

        await page.OnConnectionUpAsync(null!, default);

        page.Refusal.ShouldBeNull();
        (await OpenAsync("amara")).Refusal.ShouldBe(PageRefusal.Person);
    }

    [Fact]
    public async Task Page_ThatWasRefusedOrClosedTwice_IsNotCounted()
    {
        var page = await OpenAsync("amara");
        await OpenAsync("amara");
        var refused = await OpenAsync("amara");

        await CloseAsync(refused);
        await CloseAsync(page);
        await CloseAsync(page);

        (await OpenAsync("amara")).Refusal.ShouldBeNull();
        (await OpenAsync("amara")).Refusal.ShouldBe(PageRefusal.Person);
    }

    private async Task<CircuitPlace> OpenAsync(string person)
    {
        var place = new CircuitPlace(_pages, new SignedIn(person));
        await place.OnConnectionUpAsync(null!, default);
        return place;
    }

    private static Task CloseAsync(CircuitPlace page) => page.OnConnectionDownAsync(null!, default);

    private sealed class SignedIn(string person) : AuthenticationStateProvider
    {
        private readonly ClaimsPrincipal _user = new(new ClaimsIdentity(
            [new(EntraClaims.ObjectId, person), new(EntraClaims.PrincipalName, person)], "test"));

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(_user));
    }
}
