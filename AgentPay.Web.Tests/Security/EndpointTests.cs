using System.Net;
using AgentPay.Web.Tests.Api;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace AgentPay.Web.Tests.Security;

/// <summary>Requirements for every endpoint: authorization, limits, and no failure for any URL or body.</summary>
public sealed class EndpointTests(ApiBench bench) : IClassFixture<ApiBench>
{
    /// <summary>Endpoints without a signature, a bearer token or the antiforgery middleware, with the reason for each.</summary>
    private static readonly Dictionary<string, string> Others = new()
    {
        ["/signout"] = "checks its antiforgery token by itself: SignOutTests",
        ["/getSyncToken"] = "changes nothing, and no other site can read its answer: CorsTests",
        ["/health/live"] = "changes nothing",
        ["/health/ready"] = "changes nothing",
    };

    [Fact]
    public void EveryEndpointThatTakesAPost_IsSignedOrHasABearerOrAnAntiforgeryToken()
    {
        var open =
            from endpoint in Surface.Endpoints(bench.App)
            let route = Surface.RouteOf(endpoint)
            let methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods
            where methods is null
                || methods.Any(method => !HttpMethod.Get.Method.Equals(method, StringComparison.Ordinal)
                    && !HttpMethod.Head.Method.Equals(method, StringComparison.Ordinal))
            // The circuit, which requires data from a page of AgentPay, and Blazor's own redirects.
            where !route.StartsWith("/_blazor", StringComparison.Ordinal) && !route.StartsWith("/_framework", StringComparison.Ordinal)
            where endpoint.Metadata.GetMetadata<WebhookMethodAttribute>() is null
            where !Surface.IsWebhook(endpoint) && !Surface.IsApi(endpoint) && !Others.ContainsKey(route)
            where endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true }
            select route;

        open.ShouldBeEmpty();
    }

    [Fact]
    public void Webhooks_TakeAPostAlone() =>
        Surface.Endpoints(bench.App).Where(Surface.IsWebhook)
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            .Distinct()
            .ShouldBe(["POST"]);

    /// <summary>Webhooks run without the middleware that checks users: <c>UseWebhooks</c>.</summary>
    [Fact]
    public void Webhooks_NeedNoUser() =>
        Surface.Endpoints(bench.App).Where(Surface.IsWebhook).ShouldAllBe(e =>
            e.Metadata.GetMetadata<IAllowAnonymous>() != null && e.Metadata.GetMetadata<IAuthorizeData>() == null);

    /// <summary>ASP.NET Core binds parameters before filters run: a bound form bypasses the signature check and the limits.</summary>
    [Fact]
    public void NoEndpointOfWebhooksAndApi_HasItsBodyBoundForIt() =>
        Surface.Endpoints(bench.App).Where(e => Surface.IsWebhook(e) || Surface.IsApi(e))
            .ShouldAllBe(e => e.Metadata.GetMetadata<IAcceptsMetadata>() == null);

    [Fact]
    public async Task Session_OfAnAgent_OpensNeitherApiNorWebhooks()
    {
        using var browser = new HttpBrowser(bench.App.Url);
        (await browser.SignInAsync(People.Priya)).Dispose();

        foreach (var route in Surface.Api(bench.App))
        {
            using var link = await browser.GoAsync($"{route}?callSid=CA{new string('1', 32)}");
            using var form = await browser.SubmitAsync(route, new() { ["callSid"] = "CA" + new string('1', 32) });
            (link.StatusCode, form.StatusCode).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), route);
        }
        foreach (var route in Surface.Webhooks(bench.App))
        {
            using var form = await browser.SubmitAsync(route, new() { ["CallSid"] = "CA" + new string('1', 32) });
            form.StatusCode.ShouldBe(HttpStatusCode.Forbidden, route);
        }
    }

    [Theory]
    [InlineData("/{0}")]
    [InlineData("//{0}")]
    [InlineData("/{0}/")]
    [InlineData("/{0}//")]
    [InlineData("/./{0}")]
    [InlineData("/x/../{0}")]
    [InlineData("/..;/{0}")]
    [InlineData("/x/..;/{0}")]
    [InlineData("/{0};a=b")]
    [InlineData("/{0}%2f")]
    [InlineData("/%2f{0}")]
    [InlineData("/x%2f..%2f{0}")]
    [InlineData("/{0}%00")]
    [InlineData("/{0}%20")]
    [InlineData("/{0}.json")]
    [InlineData("/sandbox/../{0}")]
    [InlineData("/sandbox/..%2f{0}")]
    [InlineData("/sandbox/%2e%2e/{0}")]
    [InlineData("/\\{0}")]
    [InlineData("http://evil.example/{0}")]
    public async Task Path_HoweverItIsWritten_OpensNothing(string pattern)
    {
        foreach (var route in Surface.Api(bench.App).Concat(Surface.Webhooks(bench.App)).Append("/getSyncToken"))
        {
            var escaped = "%" + ((int)route[1]).ToString("x2", System.Globalization.CultureInfo.InvariantCulture) + route[2..];
            foreach (var name in (string[])[route[1..], route[1..].ToUpperInvariant(), escaped])
            {
                var target = string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, name);
                using var answer = await bench.App.SendRawAsync(
                    HttpMethod.Post, target.StartsWith('/') ? target : "/" + target, Surface.Form("callSid=1"));
                ((int)answer.StatusCode).ShouldBeOneOf([400, 401, 403, 404, 405], target);
            }
        }
    }

    [Theory]
    [InlineData("/sandbox/../signed-out?a=4111111111111111")]
    [InlineData("/sandbox/%2e%2e/signed-out?a=4111111111111111")]
    [InlineData("/x/../signed-out?a=4111111111111111")]
    [InlineData("/SIGNED-OUT?a=4111111111111111")]
    public async Task Path_HoweverItIsWritten_IsGuarded(string target)
    {
        var logged = bench.App.Log.Lines.Count;

        using var answer = await bench.App.SendRawAsync(HttpMethod.Get, target);

        bench.App.Log.Lines.Skip(logged)
            .ShouldContain(line => line.StartsWith("Error: Card number received in a (query of /", StringComparison.Ordinal));
        bench.App.Log.Lines.Skip(logged).ShouldNotContain(line => line.Contains("4111111111111111", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Body_WithoutEnd_IsCutOffSoon()
    {
        foreach (var route in Surface.Webhooks(bench.App).Concat(Surface.Api(bench.App)).Concat(["/signout", "/getSyncToken"]))
        {
            foreach (var signature in (string?[])[null, "AAAAAAAAAAAAAAAAAAAAAAAAAAA="])
            {
                var body = new EndlessForm();
                try
                {
                    using var answer = await bench.App.PostAsync(route, body, signature);
                    ((int)answer.StatusCode).ShouldBeInRange(300, 499, route);
                }
                catch (HttpRequestException)
                {
                    // The server has closed the connection, as expected.
                }
                // The buffers of two sockets hold a few megabytes. The server reads only kilobytes.
                body.Sent.ShouldBeLessThan(EndlessForm.Most, route);
            }
        }
    }

    [Fact]
    public async Task Headers_OfAMegabyte_AreRefusedAndTheServerGoesOn()
    {
        foreach (var route in Surface.Api(bench.App).Append("/getSyncToken"))
        {
            try
            {
                using var answer =
                    await bench.App.SendRawAsync(HttpMethod.Get, route, null, ("Authorization", "Bearer " + new string('a', 1_000_000)));
                ((int)answer.StatusCode).ShouldBe(431, route);
            }
            catch (HttpRequestException)
            {
                // The server has closed the connection before the whole body was sent.
            }
        }

        (await (await bench.AmaraAsync()).GetAsync("/uui2sid?uui=none")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("{\"a\":", 5_000)]
    [InlineData("[", 15_000)]
    public async Task Json_NestedDeeply_IsRefused(string opening, int length)
    {
        var agent = await bench.AmaraAsync();
        foreach (var route in Surface.Api(bench.App))
        {
            var body = new StringContent(
                string.Concat(Enumerable.Repeat(opening, length / opening.Length)), System.Text.Encoding.UTF8, "application/json");
            (await agent.SendAsync(HttpMethod.Post, route, body)).Status.ShouldBe(400, route);
        }
    }

    [Fact]
    public async Task StatusCallback_OfAClient_IsNeverCalled()
    {
        await using var evil = await WebhookListener.StartAsync();
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        Dictionary<string, object> urls = new()
        {
            ["callSid"] = call.Sid, ["ChargeAmount"] = 5, ["StatusCallback"] = evil.Url, ["statusCallback"] = evil.Url,
            ["Url"] = evil.Url, ["IdempotencyKey"] = "x",
        };
        var started = await agent.PostAsync($"/startCapture?StatusCallback={evil.Url}", urls);
        started.Status.ShouldBe(200, started.Text);

        var update = new
        {
            callSid = call.Sid, paySid = started.Text, captureType = "payment-card-number", StatusCallback = evil.Url,
        };
        (await agent.PostAsync("/updateCaptureType", update)).Status.ShouldBe(200);
        await call.PressAsync("4111111111111111");

        (await agent.ItemAsync(started.Text)).Text("PaymentCardNumber").ShouldBe("xxxxxxxxxxxx1111");
        evil.All.ShouldBeEmpty();
    }

    /// <summary>A form without an end. It is sent until the server closes the connection.</summary>
    private sealed class EndlessForm : HttpContent
    {
        public const long Most = 20_000_000;

        private static readonly byte[] Block = System.Text.Encoding.ASCII.GetBytes(new string('a', 16_384));

        public EndlessForm() => Headers.ContentType = new("application/x-www-form-urlencoded");

        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("a="u8.ToArray());
            while (Sent < Most)
            {
                await stream.WriteAsync(Block);
                Sent += Block.Length;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
