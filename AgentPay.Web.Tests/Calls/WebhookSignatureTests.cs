using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.Tests.Calls;

/// <summary>Every webhook endpoint requires Twilio's signature.</summary>
public sealed class WebhookSignatureTests(CallsFixture fixture) : IClassFixture<CallsFixture>
{
    [Fact]
    public async Task Map_AllWebhooks_AreThose()
    {
        await using var app = (await fixture.StartAsync()).App;

        Routes(app).ShouldBe(
            ["/inboundHandler", "/outboundHandler", "/outboundSyncUpdate", "/callStatus", "/referHandler", "/referStatus", "/referEnded"],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Post_SignedWithAnotherToken_Is403AndLoggedWithTheExpectedAddress()
    {
        await using var app = (await fixture.StartAsync()).App;

        foreach (var route in Routes(app))
            (await app.SendAsync(route, Body(), Sign(app.Url + route, "another-token", Field))).Status.ShouldBe(403, route);

        app.Log.Lines.Count(line => line.Contains("refused: WrongSignature") && line.Contains(app.Url)).ShouldBe(Routes(app).Count);
    }

    [Fact]
    public async Task Post_RightlySigned_PassesTheCheck()
    {
        await using var app = (await fixture.StartAsync()).App;

        foreach (var route in Routes(app))
            (await app.SendAsync(route, Body(), Sign(app.Url + route, Field))).Status.ShouldNotBe(403, route);
    }

    [Fact]
    public async Task Post_SignedWithTheSecondaryToken_PassesTheCheck()
    {
        await using var app = (await fixture.StartAsync(("Twilio:SecondaryAuthToken", "the-next-token"))).App;

        (await app.SendAsync("/callStatus", Body(), Sign(app.Url + "/callStatus", "the-next-token", Field))).Status.ShouldNotBe(403);
    }

    [Theory]
    [InlineData("/outboundSyncUpdate?UUI=a%2fb%20c%C3%BC")]
    [InlineData("/callStatus?")]
    [InlineData("/callStatus?UUI=+&&x")]
    public async Task Post_UnusualTarget_IsCheckedAsItCame(string target)
    {
        await using var app = (await fixture.StartAsync()).App;

        (await app.SendAsync(target, Body(), Sign(app.Url + target, Field))).Status.ShouldNotBe(403);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Webhook_AskedByAnotherMethod_IsAnswered405AndNamesTheSetting(string method)
    {
        await using var app = (await fixture.StartAsync()).App;
        using var http = new HttpClient();

        foreach (var route in (string[])["/inboundHandler", "/outboundHandler", "/outboundSyncUpdate", "/callStatus", "/referHandler"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Parse(method), app.Url + route + "?CallSid=CA1");
            using var answer = await http.SendAsync(request);

            ((int)answer.StatusCode, answer.Content.Headers.Allow.ToString()).ShouldBe((405, "POST"), route);
            app.Log.Lines.Where(line =>
                line.Contains($"{route} received a {method} request. Set its method to HTTP POST in Twilio's console",
                StringComparison.Ordinal)).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task Post_QueryThatWasEncodedAnew_IsAccepted()
    {
        await using var app = (await fixture.StartAsync()).App;

        (await app.SendAsync("/callStatus?UUI=Trezzo-Sull%27Adda", Body(),
            Sign(app.Url + "/callStatus?UUI=Trezzo-Sull'Adda", Field))).Status.ShouldNotBe(403);
        (await app.SendAsync("/callStatus?UUI=Trezzo-Sull'Adda", Body(),
            Sign(app.Url + "/callStatus?UUI=Trezzo-Sull%27Adda", Field))).Status.ShouldNotBe(403);
        (await app.SendAsync("/callStatus?UUI=a%40b", Body(), Sign(app.Url + "/callStatus?UUI=a@b", Field))).Status.ShouldBe(403);
    }

    [Theory]
    [InlineData("application/json", "{\"CallSid\":\"CA1\"}")]
    [InlineData("text/plain", "CallSid=CA1")]
    [InlineData("application/octet-stream", "\0")]
    public async Task Post_BodyThatIsNoForm_IsRefusedAsUnsignedUnlessItIsSigned(string mediaType, string body)
    {
        await using var app = (await fixture.StartAsync()).App;
        StringContent Content() => new(body, MediaTypeHeaderValue.Parse(mediaType));

        foreach (var route in Routes(app))
        {
            (await app.SendAsync(route, Content(), "AAAAAAAAAAAAAAAAAAAAAAAAAAA=")).Status.ShouldBe(403, route);
            (await app.SendAsync(route + "?a=1", Content(), Sign(app.Url + route))).Status.ShouldBe(403, route);
            (await app.SendAsync(route, Content(), Sign(app.Url + route))).Status.ShouldBe(400, route);
        }
    }

    [Theory]
    [InlineData("multipart/form-data", "CallSid=CA1")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nbroken")]
    public async Task Post_FormThatCannotBeRead_IsRefusedAsNobodyCanHaveSignedIt(string mediaType, string body)
    {
        await using var app = (await fixture.StartAsync()).App;

        foreach (var route in Routes(app))
            (await app.SendAsync(route, new StringContent(body, MediaTypeHeaderValue.Parse(mediaType)), Sign(app.Url + route))).Status
                .ShouldBe(403, route);
    }

    [Fact]
    public async Task Post_NoBodyAtAll_Is400()
    {
        await using var app = (await fixture.StartAsync()).App;

        (await app.SendAsync("/inboundHandler", null, Sign(app.Url + "/inboundHandler"))).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_MoreThan64KiB_Is413(bool inChunks)
    {
        await using var app = (await fixture.StartAsync()).App;
        HttpContent body = new StringContent("CallSid=" + new string('a', 70_000), Encoding.ASCII, "application/x-www-form-urlencoded");
        if (inChunks) body = new Chunked(body);

        (await app.SendAsync("/callStatus", body, "x")).Status.ShouldBe(413);
    }

    [Fact]
    public async Task Post_TwoThousandFields_IsRefused()
    {
        await using var app = (await fixture.StartAsync()).App;
        var body = new StringContent(string.Join('&', Enumerable.Range(0, 2000).Select(n => $"a{n}=1")), Encoding.ASCII,
            "application/x-www-form-urlencoded");

        (await app.SendAsync("/callStatus", body, "x")).Status.ShouldBe(403);
    }

    private static (string, string) Field => ("CallSid", "CA00000000000000000000000000000001");

    private static FormUrlEncodedContent Body() => new([KeyValuePair.Create(Field.Item1, Field.Item2)]);

    private static string Sign(string url, params (string Name, string Value)[] form) => Sign(url, SandboxApp.AuthToken, form);

    private static string Sign(string url, string token, params (string Name, string Value)[] form) =>
        RequestSignature.Sign(url, form.Select(f => KeyValuePair.Create(f.Name, new StringValues(f.Value))), token);

    private static List<string> Routes(CallsApp app) =>
        [.. app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!).Distinct()];

    /// <summary>Announces no length.</summary>
    private sealed class Chunked : HttpContent
    {
        private readonly HttpContent _inner;

        public Chunked(HttpContent inner)
        {
            _inner = inner;
            Headers.ContentType = inner.Headers.ContentType;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _inner.CopyToAsync(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
