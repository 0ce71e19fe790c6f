using System.Net;
using System.Text;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Entra;

public sealed class OddInputTests : IClassFixture<SharedSandbox>, IDisposable
{
    private readonly SandboxApp _sandbox;
    private readonly EntraClient _client;

    public OddInputTests(SharedSandbox shared)
    {
        _sandbox = shared.Reset();
        _client = new(_sandbox);
    }

    [Theory]
    [InlineData("common")]
    [InlineData("organizations")]
    [InlineData("11111111-1111-1111-1111-111111111111")]
    [InlineData("%3Cscript%3E")]
    public async Task AnyEndpoint_OfAnotherTenant_AnswersThatThereIsNone(string tenant)
    {
        foreach (var path in (string[])["v2.0/.well-known/openid-configuration", "discovery/v2.0/keys", "oauth2/v2.0/authorize", "oauth2/v2.0/logout"])
        {
            using var answer = await _sandbox.Anonymous.GetAsync($"sandbox/entra/{tenant}/{path}");

            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await EntraClient.JsonAsync(answer)).GetProperty("error").GetString().ShouldBe("invalid_tenant");
        }
    }

    [Theory]
    [InlineData("POST", "v2.0/.well-known/openid-configuration")]
    [InlineData("POST", "discovery/v2.0/keys")]
    [InlineData("GET", "oauth2/v2.0/token")]
    [InlineData("PUT", "oauth2/v2.0/token")]
    [InlineData("DELETE", "oauth2/v2.0/authorize")]
    [InlineData("PATCH", "oauth2/v2.0/logout")]
    public async Task AnyEndpoint_ByAnotherMethod_IsNotAllowed(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await _client.Browser.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("application/json", """{"grant_type":"authorization_code"}""")]
    [InlineData("text/plain", "grant_type=authorization_code")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nbroken")]
    [InlineData("application/x-www-form-urlencoded", "")]
    [InlineData("application/x-www-form-urlencoded", "%%%=&&==&%00=%ff")]
    [InlineData("application/x-www-form-urlencoded", "grant_type=a&grant_type=b")]
    [InlineData("application/x-www-form-urlencoded; charset=klingon", "grant_type=authorization_code")]
    public async Task Token_WithAnOddBody_IsABadRequest(string contentType, string body)
    {
        using var answer = await PostAsync("oauth2/v2.0/token", contentType, body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await EntraClient.JsonAsync(answer)).GetProperty("error").GetString().ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("application/json", """{"person":"00000000-0000-4000-8000-0000000000a1"}""")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("application/x-www-form-urlencoded", "person=a&person=b")]
    [InlineData("application/x-www-form-urlencoded", "%00")]
    public async Task Choice_WithAnOddBody_GoesBackWithAnError(string contentType, string body)
    {
        using var answer = await PostAsync(EntraClient.AuthorizeUrl(), contentType, body);

        EntraClient.Reply(answer)["error"].ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("application/x-www-form-urlencoded", "state=a&state=b&post_logout_redirect_uri=http%3A%2F%2Flocalhost")]
    public async Task Logout_WithAnOddBody_IsABadRequest(string contentType, string body)
    {
        using var answer = await PostAsync("oauth2/v2.0/logout", contentType, body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Token_WithFarTooManyFields_IsABadRequest()
    {
        var body = string.Join('&', Enumerable.Range(0, 5000).Select(i => $"f{i}=x"));

        using var answer = await PostAsync("oauth2/v2.0/token", "application/x-www-form-urlencoded", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Token_WithAHugeCode_IsAnInvalidGrant()
    {
        using var answer = await _client.RedeemAsync(new string('x', 1_000_000));

        (await EntraClient.JsonAsync(answer)).GetProperty("error").GetString().ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData("redirect_uri", "http://localhost:5080/%C3%A9t%C3%A9?%E2%82%AC=%F0%9F%98%80")]
    [InlineData("state", "%00%0d%0aSet-Cookie:%20x=y%ed%a0%80")]
    [InlineData("nonce", "%f0%9f%98%80%00")]
    [InlineData("login_hint", "%00%ff")]
    public async Task SignIn_WithOddCharacters_StillEndsWithACode(string name, string escaped)
    {
        var url = EntraClient.AuthorizeUrl((name, null)) + $"&{name}={escaped}";
        using var form = new FormUrlEncodedContent([new("person", EntraClient.Amara)]);

        using var picker = await _client.Browser.GetAsync(url);
        using var answer = await _client.Browser.PostAsync(url, form);

        picker.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldContain("code=");
        answer.Headers.TryGetValues("Set-Cookie", out var cookies).ShouldBeTrue();
        cookies!.ShouldHaveSingleItem().ShouldStartWith("sandbox-entra-session=");
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> PostAsync(string path, string contentType, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await _client.Browser.PostAsync(path, content);
    }
}
