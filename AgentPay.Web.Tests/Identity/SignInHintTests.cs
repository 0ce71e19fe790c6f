using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Tests.Identity;

/// <summary>A screen-pop can name the user, so that Entra skips its account picker.</summary>
public sealed class SignInHintTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData(
        "/pay?uui=7&login_hint=amara%40agentpay.example&domain_hint=agentpay.example", "amara@agentpay.example", "agentpay.example")]
    [InlineData("/signin?login_hint=amara%40agentpay.example&domain_hint=organizations", "amara@agentpay.example", "organizations")]
    [InlineData("/signin?returnUrl=%2Fpay%3Flogin_hint%3Damara%2540agentpay.example", "amara@agentpay.example", null)]
    [InlineData("/signin?login_hint=O.CiQ1-opaque_hint%2F%2B%3D", "O.CiQ1-opaque_hint/+=", null)]
    [InlineData("/signin?login_hint=zo%C3%AB%40m%C3%BCnchen.example", "zoë@münchen.example", null)]
    [InlineData("/pay?uui=7", null, null)]
    [InlineData("/signin?login_hint=&domain_hint=", null, null)]
    [InlineData("/signin?login_hint=a%20b&domain_hint=a%2Fb", null, null)]
    [InlineData("/signin?login_hint=a%0D%0Ab&domain_hint=a%0Ab", null, null)]
    [InlineData("/signin?login_hint=a%0A&domain_hint=a%0A", null, null)]
    [InlineData("/signin?login_hint=%3Cscript%3E&domain_hint=x%26y", null, null)]
    [InlineData("/signin?login_hint=one&login_hint=two", null, null)]
    public async Task SignIn_WithHints_PassesOnWhatCanBeOne(string page, string? loginHint, string? domainHint)
    {
        var query = await AuthorizeAsync(page);

        (query.GetValueOrDefault("login_hint"), query.GetValueOrDefault("domain_hint")).ShouldBe((loginHint, domainHint));
        query["prompt"].ShouldBeNull();
    }

    [Fact]
    public async Task SignIn_WithAHintThatIsTooLong_DropsIt() =>
        (await AuthorizeAsync("/signin?login_hint=" + new string('a', 257)))["login_hint"].ShouldBeNull();

    [Fact]
    public async Task SignIn_FromAFrame_KeepsTheHints()
    {
        using var browser = new HttpBrowser(shared.App.Url);
        using var page =
            await browser.GoAsync("/signin-window?returnUrl=" + Uri.EscapeDataString("/pay?uui=7&login_hint=amara%40agentpay.example"));
        var html = System.Net.WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
        var link = System.Text.RegularExpressions.Regex.Match(html, "href=\"(signin\\?[^\"]+)\"").Groups[1].Value;

        (await AuthorizeAsync("/" + link))["login_hint"].ShouldBe("amara@agentpay.example");
    }

    private async Task<Dictionary<string, string?>> AuthorizeAsync(string page)
    {
        using var browser = new HttpBrowser(shared.App.Url);
        using var away = await browser.GoAsync(page);
        away.Headers.Location!.AbsolutePath.ShouldEndWith("/authorize");
        var query = QueryHelpers.ParseQuery(away.Headers.Location.Query).ToDictionary(p => p.Key, p => (string?)p.Value.ToString());
        foreach (var name in (string[])["login_hint", "domain_hint", "prompt"]) query.TryAdd(name, null);
        return query;
    }
}
