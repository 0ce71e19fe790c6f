using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Api;

public sealed class CorsTests(CorsTests.Bench bench) : IClassFixture<CorsTests.Bench>
{
    private static readonly string[] All = ["/startCapture", "/updateCaptureType", "/changeSession", "/uui2sid", "/getSyncToken"];

    public static TheoryData<string> Routes => [.. All];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Preflight_OfAnAllowedOrigin_IsGranted(string route)
    {
        using var answer = await PreflightAsync(route, "https://desk.example.com");

        ((int)answer.StatusCode).ShouldBe(204);
        Header(answer, "Access-Control-Allow-Origin").ShouldBe("https://desk.example.com");
        Header(answer, "Access-Control-Allow-Methods").ShouldBe("GET,POST");
        Header(answer, "Access-Control-Allow-Headers").ShouldBe("Authorization,Content-Type");
        Header(answer, "Access-Control-Allow-Credentials").ShouldBeNull();
        Header(answer, "Vary").ShouldBe("Origin");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Request_OfAnAllowedOrigin_MayBeRead_EvenWhenRefused(string route)
    {
        using var answer = await FromAsync(HttpMethod.Get, route, "https://desk.example.com");

        ((int)answer.StatusCode).ShouldBe(401);
        Header(answer, "Access-Control-Allow-Origin").ShouldBe("https://desk.example.com");
        Header(answer, "Access-Control-Allow-Credentials").ShouldBeNull();
        Header(answer, "Vary").ShouldBe("Origin");
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://desk.example.com.evil.example")]
    [InlineData("http://desk.example.com")]
    [InlineData("https://desk.example.com:444")]
    [InlineData("null")]
    [InlineData("*")]
    public async Task AnyOtherOrigin_GetsNoCorsHeader(string origin)
    {
        foreach (var route in All)
        {
            using var preflight = await PreflightAsync(route, origin);
            using var answer = await FromAsync(HttpMethod.Post, route, origin);

            preflight.Headers.Concat(answer.Headers)
                .ShouldNotContain(h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Token_IsHandedToAnAllowedOriginOnlyWithoutCookies()
    {
        using var browser = new HttpBrowser(bench.App.Url);
        (await browser.SignInAsync(People.Amara)).Dispose();

        using var answer = await browser.FetchAsync(HttpMethod.Get, "/getSyncToken", ("Origin", "https://desk.example.com"));

        Header(answer, "Access-Control-Allow-Origin").ShouldBe("https://desk.example.com");
        Header(answer, "Access-Control-Allow-Credentials").ShouldBeNull();
    }

    [Fact]
    public async Task OtherRoutes_HaveNoCors()
    {
        using var answer = await FromAsync(HttpMethod.Post, "/paySyncUpdate", "https://desk.example.com");

        Header(answer, "Access-Control-Allow-Origin").ShouldBeNull();
    }

    private Task<HttpResponseMessage> PreflightAsync(string route, string origin) =>
        FromAsync(
            HttpMethod.Options,
            route,
            origin,
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type"));

    private async Task<HttpResponseMessage> FromAsync(
        HttpMethod method, string route, string origin, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, route);
        foreach (var (name, value) in headers.Append(("Origin", origin))) request.Headers.TryAddWithoutValidation(name, value);
        return await bench.App.Http.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public sealed class Bench : ApiBench
    {
        protected override Dictionary<string, string?> Settings => new() { ["AgentPay:AllowedOrigins:0"] = "https://desk.example.com" };
    }
}
