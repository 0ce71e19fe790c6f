using System.Net;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Entra;

public sealed class LogoutTests : IClassFixture<SharedSandbox>, IDisposable
{
    private const string Logout = "oauth2/v2.0/logout";

    private readonly EntraClient _client;

    public LogoutTests(SharedSandbox shared) => _client = new(shared.Reset());

    [Fact]
    public async Task Logout_AfterASignIn_EndsTheSession()
    {
        await _client.CodeAsync();

        using var answer = await _client.Browser.GetAsync(Logout);

        (await answer.Content.ReadAsStringAsync()).ShouldContain("You are signed out");
        using var silent = await _client.AskAsync(("prompt", "none"));
        EntraClient.Reply(silent)["error"].ShouldBe("login_required");
    }

    [Fact]
    public async Task Logout_WithAPlaceToReturnTo_GoesThereWithTheState()
    {
        using var answer =
            await _client.Browser.GetAsync($"{Logout}?post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A5080%2Fsigned-out&state=a%26b");

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldBe("http://localhost:5080/signed-out?state=a%26b");
    }

    [Fact]
    public async Task Logout_ByPost_ReadsTheForm()
    {
        using var form = new FormUrlEncodedContent([new("post_logout_redirect_uri", "http://localhost:5080/signed-out")]);

        using var answer = await _client.Browser.PostAsync(Logout, form);

        answer.Headers.Location!.OriginalString.ShouldBe("http://localhost:5080/signed-out");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    public async Task Logout_WithAForeignPlaceToReturnTo_StaysHere(string uri)
    {
        using var answer = await _client.Browser.GetAsync($"{Logout}?post_logout_redirect_uri={Uri.EscapeDataString(uri)}");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.Location.ShouldBeNull();
    }

    public void Dispose() => _client.Dispose();
}
