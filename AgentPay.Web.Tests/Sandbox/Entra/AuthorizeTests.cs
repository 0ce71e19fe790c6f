using System.Net;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Entra;

public sealed class AuthorizeTests : IClassFixture<SharedSandbox>, IDisposable
{
    private readonly EntraClient _client;

    public AuthorizeTests(SharedSandbox shared) => _client = new(shared.Reset());

    [Fact]
    public async Task Picker_Shown_OffersEveryoneAndNoScript()
    {
        using var answer = await _client.AskAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.Content.ReadAsStringAsync();
        foreach (var name in (string[])["Amara Okafor", "Ben Lindqvist", "Priya Raman", "Herrera", "Nora Quinn"]) page.ShouldContain(name);
        page.ShouldNotContain("<script");
        page.ShouldNotContain("autofocus");
    }

    [Fact]
    public async Task Picker_Shown_MayNeitherBeFramedNorKeptAndLeadsOnlyToTheApplication()
    {
        using var answer = await _client.AskAsync();

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; style-src 'sha256-");
        policy.ShouldContain("form-action 'self' http://localhost:5080;");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Picker_WithALoginHint_SuggestsThatPerson()
    {
        using var answer = await _client.AskAsync(("login_hint", "BEN@agentpay.example"));

        var page = await answer.Content.ReadAsStringAsync();
        page.Split("<li>").Single(entry => entry.Contains("autofocus", StringComparison.Ordinal)).ShouldContain("Ben Lindqvist");
    }

    [Fact]
    public async Task Choice_ByQuery_ReturnsACodeAndTheState()
    {
        using var answer = await _client.ChooseAsync(new() { ["person"] = EntraClient.Amara });

        var reply = EntraClient.Reply(answer);
        reply["code"].ShouldNotBeEmpty();
        reply["state"].ShouldBe("the state & more");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Choice_WithAQueryInTheRedirectUri_KeepsIt()
    {
        using var answer = await _client.ChooseAsync(new() { ["person"] = EntraClient.Amara },
            ("redirect_uri", EntraClient.RedirectUri + "?from=here"));

        EntraClient.Reply(answer)["from"].ShouldBe("here");
    }

    [Fact]
    public async Task Choice_ByFormPost_IsAPageThatPostsTheCodeAndTheState()
    {
        using var answer = await _client.ChooseAsync(new() { ["person"] = EntraClient.Amara }, ("response_mode", "form_post"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain($"method=\"post\" action=\"{EntraClient.RedirectUri}\"");
        page.ShouldContain("name=\"code\" value=\"");
        page.ShouldContain("name=\"state\" value=\"the state &amp; more\"");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("form-action 'self' http://localhost:5080;");
    }

    [Fact]
    public async Task Choice_Cancelled_GoesBackWithAccessDenied()
    {
        using var answer = await _client.ChooseAsync(new() { ["cancel"] = "true", ["fault"] = "none" });

        var reply = EntraClient.Reply(answer);
        reply["error"].ShouldBe("access_denied");
        reply["error_description"].ShouldStartWith("AADSTS65004: ");
        reply["state"].ShouldBe("the state & more");
        reply.ShouldNotContainKey("code");
    }

    [Theory]
    [InlineData("person", "nobody")]
    [InlineData("fault", "unheard-of")]
    public async Task Choice_OfNobodyOrOfAnUnknownFault_GoesBackWithAnError(string name, string value)
    {
        using var answer = await _client.ChooseAsync(new() { ["person"] = EntraClient.Amara, [name] = value });

        EntraClient.Reply(answer)["error"].ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("response_type", "token", "unsupported_response_type", "AADSTS70005")]
    [InlineData("response_mode", "fragment", "unsupported_response_mode", "AADSTS70007")]
    [InlineData("scope", "profile", "invalid_scope", "AADSTS70011")]
    [InlineData("scope", "openid api://another/access", "invalid_resource", "AADSTS500011")]
    [InlineData("code_challenge", "too-short", "invalid_request", "AADSTS501491")]
    [InlineData("code_challenge_method", "plain", "invalid_request", "AADSTS50149")]
    public async Task Request_WithAWrongParameter_GoesBackWithTheErrorAndTheState(string name, string? value, string error, string code)
    {
        using var answer = await _client.AskAsync((name, value));

        var reply = EntraClient.Reply(answer);
        reply["error"].ShouldBe(error);
        reply["error_description"].ShouldStartWith(code + ": ");
        reply["state"].ShouldBe("the state & more");
    }

    [Fact]
    public async Task Request_WithAnErrorByFormPost_PostsTheErrorBack()
    {
        using var answer = await _client.AskAsync(("response_mode", "form_post"), ("response_type", "token"));

        (await answer.Content.ReadAsStringAsync()).ShouldContain("name=\"error\" value=\"unsupported_response_type\"");
    }

    [Theory]
    [InlineData("https://evil.example/signin-oidc")]
    [InlineData("https://evil.example\\@localhost/")]
    [InlineData(null)]
    public async Task Request_WithAForeignRedirectUri_IsNeverRedirectedTo(string? uri)
    {
        using var asked = await _client.AskAsync(("redirect_uri", uri), ("response_type", "token"));
        using var chosen = await _client.ChooseAsync(new() { ["person"] = EntraClient.Amara }, ("redirect_uri", uri));

        foreach (var answer in (HttpResponseMessage[])[asked, chosen])
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            answer.Headers.Location.ShouldBeNull();
            (await answer.Content.ReadAsStringAsync()).ShouldContain("AADSTS50011");
        }
    }

    [Theory]
    [InlineData("http://localhost:1234/anything/at/all?even=this")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("http://[::1]:8080/signin-oidc")]
    public async Task Request_WithARedirectUriOnThisMachine_IsAnswered(string uri)
    {
        using var answer = await _client.AskAsync(("redirect_uri", uri));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("https://sandbox.example/signin-oidc", HttpStatusCode.OK)]
    [InlineData("http://sandbox.example/signin-oidc", HttpStatusCode.BadRequest)]
    public async Task Request_WithARedirectUriOnTheSandboxesOwnHost_HasToBeHttps(string uri, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, EntraClient.AuthorizeUrl(("redirect_uri", uri)));
        request.Headers.Host = "sandbox.example";

        using var answer = await _client.Browser.SendAsync(request);

        answer.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("client_id", "11111111-1111-1111-1111-111111111111", "AADSTS700016")]
    [InlineData("client_id", null, "AADSTS900144")]
    public async Task Request_OfAnUnknownClient_IsAPageAndGoesNowhere(string name, string? value, string code)
    {
        using var answer = await _client.AskAsync((name, value));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await answer.Content.ReadAsStringAsync()).ShouldContain(code);
    }

    [Fact]
    public async Task PromptNone_WithNobodySignedIn_AsksForALogin()
    {
        using var answer = await _client.AskAsync(("prompt", "none"));

        EntraClient.Reply(answer)["error"].ShouldBe("login_required");
    }

    [Fact]
    public async Task PromptNone_AfterASignIn_GivesACodeForThatPerson()
    {
        await _client.CodeAsync(EntraClient.Nora);

        using var answer = await _client.AskAsync(("prompt", "none"));
        using var tokens = await _client.RedeemAsync(EntraClient.Reply(answer)["code"]);

        var idToken = (await EntraClient.JsonAsync(tokens)).GetProperty("id_token").GetString()!;
        new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(idToken).GetPayloadValue<string>("oid").ShouldBe(EntraClient.Nora);
    }

    [Theory]
    [InlineData("login_hint")]
    public async Task Pages_WithMarkupInAParameter_ShowItAsText(string name)
    {
        const string Hostile = "\"><script>alert('x')</script>";

        using var picker = await _client.AskAsync((name, Hostile));
        using var posted = await _client.ChooseAsync(new() { ["person"] = EntraClient.Amara }, (name, Hostile),
            ("response_mode", "form_post"));

        (await picker.Content.ReadAsStringAsync()).ShouldNotContain("<script");
        (await posted.Content.ReadAsStringAsync()).ShouldNotContain("<script");
    }

    public void Dispose() => _client.Dispose();
}
