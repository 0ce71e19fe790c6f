using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Identity;

/// <summary>ID tokens with missing, unusual or too many claims.</summary>
public sealed class MissingClaimTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("upn", "amara@agentpay.example")]
    [InlineData("objectid", People.Amara)]
    [InlineData("email", "amara@agentpay.example")]
    public async Task SignIn_WithoutPreferredUsername_GoesByTheNextClaim(string fault, string principalName)
    {
        using var browser = new HttpBrowser(shared.App.Url);

        using var back = await browser.SignInAsync(People.Amara, fault: fault);

        back.Headers.Location!.OriginalString.ShouldBe("/");
        using var who = await browser.GoAsync($"/test/who/{IdentitySchemes.Session}");
        (await who.Content.ReadAsStringAsync()).Split('\n').ShouldContain($"preferred_username={principalName}");
    }

    [Theory]
    [InlineData("nameless", "no-name", "preferred_username, upn, oid and email are missing")]
    [InlineData("huge", "token-too-large", "limit the groups claim of the app registration")]
    public async Task SignIn_WithATokenThatCannotBeUsed_SaysWhatIsWrongWithIt(string fault, string reason, string words)
    {
        using var browser = new HttpBrowser(shared.App.Url);

        using var back = await browser.SignInAsync(People.Amara, fault: fault);

        back.Headers.Location!.OriginalString.ShouldStartWith($"/denied?reason={reason}&reference=");
        using var page = await browser.FollowAsync(back);
        (await page.Content.ReadAsStringAsync()).ShouldContain(words);
        browser.ShouldHaveNoSession();
    }
}
