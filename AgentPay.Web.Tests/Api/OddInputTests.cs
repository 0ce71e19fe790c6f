using System.Net.Http.Headers;
using System.Text;

namespace AgentPay.Web.Tests.Api;

/// <summary>Invalid input is refused, and never causes a server error.</summary>
public sealed class OddInputTests(ApiBench bench) : IClassFixture<ApiBench>
{
    public static TheoryData<string, string> OddBodies => new()
    {
        { "application/json", "" },
        { "application/json", "{" },
        { "application/json", "null" },
        { "application/json", "[]" },
        { "application/json", "\"CA\"" },
        { "application/json", """{"callSid":"\ud800"}""" },
        { "application/json", """{"\ud800":"x"}""" },
        { "application/json", """{"callSid":{"a":[1,2,{}]}}""" },
        { "application/json", """{"callSid":["CA00000000000000000000000000000001"]}""" },
        { "application/json", """{"callSid":"CA0000000000000000000000000000000\u0000"}""" },
        { "application/json", new string('[', 500) },
        { "application/json", $$"""{"callSid":"{{new string('A', 20_000)}}"}""" },
        { "application/json; charset=utf-16", """{"callSid":"CA1"}""" },
        { "application/json; charset=nonsense", """{"callSid":"CA1"}""" },
        { "application/vnd.api+json", "{}" },
        { "application/x-www-form-urlencoded", "%" },
        { "application/x-www-form-urlencoded", "callSid=%ff%fe%zz&callSid=CA&=&&&" },
        { "application/x-www-form-urlencoded", "a=" + new string('b', 20_000) },
        { "application/x-www-form-urlencoded; charset=nonsense", "callSid=CA1" },
        { "multipart/form-data", "callSid" },
        { "multipart/form-data; boundary=x", "--y\r\n\r\n" },
        { "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: nonsense\r\n\r\nCA1\r\n--x--" },
        { "text/plain", "callSid=CA1" },
        { "application/xml", "<callSid/>" },
    };

    public static TheoryData<string> OddQueries =>
    [
        .. OddValues.Select(value => "callSid=" + value), .. OddValues.Select(value => "uui=" + value),
        "callSid", "=", "&&", "callSid=CA1&callSid=CA2",
    ];

    private static IEnumerable<string> OddValues =>
    [
        "", "%", "%00", "%zz", "%ff", "..", "%2e%2e%2f", "a%2fb", "%F0%9F%92%B3", "null", "undefined", new string('a', 3000),
        "' OR 1=1", "<script>", "%0d%0aX:%201", "CA00000000000000000000000000000001",
    ];

    [Theory]
    [MemberData(nameof(OddBodies))]
    public async Task OddBody_IsRefused(string type, string body)
    {
        foreach (var route in (string[])["/startCapture", "/updateCaptureType", "/changeSession", "/uui2sid"])
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", type);

            var reply = await (await bench.AmaraAsync()).SendAsync(HttpMethod.Post, route, content);

            (reply.Status, reply.Text[..11]).ShouldBe((400, "Error with "), $"{route}: {reply.Text}");
        }
    }

    [Theory]
    [MemberData(nameof(OddQueries))]
    public async Task OddQuery_IsRefused(string query)
    {
        foreach (var route in (string[])["/startCapture", "/updateCaptureType", "/changeSession", "/uui2sid"])
        {
            var reply = await (await bench.AmaraAsync()).GetAsync($"{route}?{query}");

            (reply.Status is 400 or 404).ShouldBeTrue($"{route}: {reply}");
            reply.Text.ShouldStartWith("Error with ");
        }
    }

    [Fact]
    public async Task EndlessBody_IsRefused()
    {
        var content = new StreamContent(new MemoryStream(new byte[1_000_000]));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/startCapture") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Authorization = new("Bearer", (await bench.AmaraAsync()).Token);

        try
        {
            using var answer = await bench.App.Http.SendAsync(request);
            ((int)answer.StatusCode).ShouldBe(400);
        }
        catch (HttpRequestException cut) when (cut.InnerException is IOException)
        {
            // The server closed the connection before the client had sent everything, so the answer was not read.
        }
    }

    [Theory]
    [InlineData("Description")]
    [InlineData("Reference")]
    [InlineData("PaymentConnector")]
    public async Task OverlongText_IsRefused(string name)
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());

        Dictionary<string, string> order = new() { ["callSid"] = call.Sid, [name] = new string('x', 5000) };
        (await agent.PostAsync("/startCapture", order)).Status.ShouldBe(400);
    }
}
