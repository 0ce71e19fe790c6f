using System.Net;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Tests.Identity;

public sealed class SignInTests : IDisposable
{
    private readonly AgentPayApp _app = new();
    private readonly Browser _browser;

    public SignInTests() => _browser = new(_app.Url);

    [Theory]
    [InlineData(People.Amara)]
    [InlineData(People.Ben)]
    [InlineData(People.Priya)]
    [InlineData(People.Tomas)]
    [InlineData(People.Nora)]
    public async Task SignIn_AsAnyone_BeginsASessionAndGoesHome(string person)
    {
        using var answer = await _browser.SignInAsync(person);

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldBe("/");
        _browser.Cookies.ShouldContain(cookie => cookie.Name == "agentpay");
    }

    public void Dispose()
    {
        _browser.Dispose();
        _app.Dispose();
    }
}
