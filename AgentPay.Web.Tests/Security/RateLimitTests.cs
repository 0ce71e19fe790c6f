using System.Net;
using AgentPay.Web.Tests.Api;
using AgentPay.Web.Tests.Identity;

namespace AgentPay.Web.Tests.Security;

/// <summary>Low rate limits: which requests share a limit, and the answer above it.</summary>
public sealed class RateLimitTests(RateLimitTests.Bench bench) : IClassFixture<RateLimitTests.Bench>
{
    private const int Most = 200;

    [Fact]
    public async Task Api_UnderOneIdentity_IsLimitedAndTheNextIsNot()
    {
        var (amara, ben) = (await bench.AmaraAsync(), await bench.BenAsync());

        using var refused = await UntilRefusedAsync(() =>
            Request("/uui2sid?uui=1", ("Authorization", "Bearer " + amara.Token), ("Origin", "https://desk.example.com")));

        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (await refused.Content.ReadAsStringAsync()).ShouldStartWith("Too many requests. Try again in ");
        refused.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://desk.example.com"]);
        (await ben.GetAsync("/uui2sid?uui=1")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("/signin")]
    [InlineData("/signin-oidc")]
    [InlineData("/getSyncToken")]
    [InlineData("/startCapture")]
    public async Task Anybody_FromOneAddress_IsLimitedAndTheNextIsNot(string path)
    {
        (string, string)[] From(string address) => [("X-Forwarded-For", address), ("Accept", "text/html")];
        var address = $"203.0.113.{path.Length}";

        using var refused = await UntilRefusedAsync(() => Request(path, From(address)));
        using var other = await bench.App.Http.SendAsync(Request(path, From("203.0.113.200")));
        using var same = await UntilRefusedAsync(() => Request("/signin", From($"198.51.100.7, {address}")));

        refused.Headers.RetryAfter.ShouldNotBeNull();
        other.StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Ipv6_OfOneSubnet_CountsTogether()
    {
        var host = 0;

        using var refused = await UntilRefusedAsync(() => Request("/signin", ("X-Forwarded-For", $"2001:db8:0:7::{++host:x}")));
        using var other = await bench.App.Http.SendAsync(Request("/signin", ("X-Forwarded-For", "2001:db8:0:8::1")));

        host.ShouldBeGreaterThan(1);
        other.StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Webhooks_AreNeverLimited()
    {
        var form = new Dictionary<string, string> { ["CallSid"] = "CA" + new string('9', 32), ["CallStatus"] = "ringing" };

        for (var i = 0; i < Most; i++)
        {
            using var answer = await bench.App.PostSignedAsync("/callStatus", form);
            answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }
    }

    [Fact]
    public async Task Pages_AndHealth_AreNotLimited()
    {
        for (var i = 0; i < Most; i++)
        {
            using var page = await bench.App.Http.GetAsync("/signed-out");
            using var health = await bench.App.Http.GetAsync("/health/live");
            (page.StatusCode, health.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        }
    }

    private static HttpRequestMessage Request(string target, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, target);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private async Task<HttpResponseMessage> UntilRefusedAsync(Func<HttpRequestMessage> request)
    {
        for (var tries = 0; tries < Most; tries++)
        {
            var answer = await bench.App.Http.SendAsync(request());
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) return answer;
            answer.Dispose();
        }
        throw new InvalidOperationException($"None of {Most} requests was refused");
    }

    public sealed class Bench : ApiBench
    {
        protected override Dictionary<string, string?> Settings => new()
        {
            ["AgentPay:RateLimits:SignInPerMinute"] = "12",
            ["AgentPay:RateLimits:ApiPerMinute"] = "6",
            ["AgentPay:KnownProxies:0"] = "127.0.0.0/8",
            ["AgentPay:AllowedOrigins:0"] = "https://desk.example.com",
        };
    }
}

/// <summary>Without a known proxy, X-Forwarded-For is ignored.</summary>
public sealed class UnknownProxyTests(UnknownProxyTests.Bench bench) : IClassFixture<UnknownProxyTests.Bench>
{
    [Fact]
    public async Task ForwardedFor_OfNoKnownProxy_IsNotBelieved()
    {
        var refused = 0;
        for (var i = 0; i < 200 && refused == 0; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/signin");
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}");
            using var answer = await bench.App.Http.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) refused++;
        }

        refused.ShouldBe(1);
    }

    public sealed class Bench : ApiBench
    {
        protected override Dictionary<string, string?> Settings => new() { ["AgentPay:RateLimits:SignInPerMinute"] = "6" };
    }
}
