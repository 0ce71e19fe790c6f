using System.Net;
using System.Net.Http.Json;
using AgentPay.Web.Calls;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>The console as the server sends it, before any circuit.</summary>
public sealed class ConsoleHostTests : IAsyncLifetime
{
    private readonly AgentPayApp _app = new();
    private readonly HttpBrowser _browser;

    public ConsoleHostTests() => _browser = new(_app.Url);

    public Task InitializeAsync() => _app.ReadyAsync();

    [Fact]
    public async Task Get_ScreenPop_ShowsTheCallAndClaimsNothing()
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();
        using var called = await _app.Http.PostAsJsonAsync("sandbox/control/calls", new { from = "+61400000123", to = "+61280000000" });
        var sid = CallSid.Parse((await called.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["callSid"]);

        using var page = await _browser.GoAsync($"/pay?callSid={sid}&amount=12.50");

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()).ShouldContain("+61\u00a0400\u00a0000\u00a0123");
        (await _app.Services.GetRequiredService<CallDirectory>().FindAsync(sid, default))!.ClaimedBy.ShouldBeNull();
    }

    [Fact]
    public async Task Get_ScreenPopWithHtml_IsEncoded()
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();

        using var page =
            await _browser.GoAsync("/pay?uui=%3Cscript%3Ealert(1)%3C%2Fscript%3E&description=%22%3E%3Cimg%20src%3Dx%3E&amount=%3Cb%3E");

        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("Some details from your CRM could not be used");
        html.ShouldNotContain("<script>alert");
        html.ShouldNotContain("<img src=x>");
    }

    [Fact]
    public async Task Get_StartByAnAdministratorAlone_LeadsToSetUp()
    {
        (await _browser.SignInAsync(People.Tomas)).Dispose();

        using var page = await _browser.GoAsync("/");

        (page.StatusCode, page.Headers.Location?.ToString()).ShouldBe((HttpStatusCode.Found, _app.Url + "setup"));
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }
}
