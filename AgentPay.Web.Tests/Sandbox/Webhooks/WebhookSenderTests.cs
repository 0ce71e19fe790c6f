using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.Sandbox.Webhooks;

public sealed class WebhookSenderTests
{
    [Fact]
    public async Task Send_ByPost_SignsUrlAndSortedForm()
    {
        await using var lab = await WebhookLab.StartAsync();

        await lab.Sender.SendAsync(
            lab.To("/a%20b?x=1&y=%C3%A9#rc=0", ("To", "+61 2"), ("b", "Zoë & Söhne"), ("Empty", ""), ("To", "twice"), ("To", "twice")));

        var received = await lab.Owner.NextAsync();
        received.Url.ShouldBe(lab.Owner.Url + "/a%20b?x=1&y=%C3%A9");
        received.Header("X-Twilio-Signature").ShouldBe(Sign(received.Url + "EmptyTo+61 2TotwicebZoë & Söhne"));
        received.Form.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Send_ByGet_SignsTheUrlWithItsQuery()
    {
        await using var lab = await WebhookLab.StartAsync();

        await lab.Sender.SendAsync(lab.To("/get?x=1", ("From", "+61 2&3")) with { Method = "get" });

        var received = await lab.Owner.NextAsync();
        received.Method.ShouldBe("GET");
        received.Url.ShouldBe(lab.Owner.Url + "/get?x=1&From=%2B61%202%263");
        received.Header("X-Twilio-Signature").ShouldBe(Sign(received.Url));
    }

    [Fact]
    public async Task Send_WithUserInformation_GivesItOnlyWhenChallenged()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Owner.Script("/locked", (context, webhook) =>
        {
            if (webhook.Header("Authorization") is null) context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });

        var reply = await lab.Sender.SendAsync(new(lab.Owner.Url.Replace("//", "//me:s%40crt@") + "/locked", []));

        (reply.Succeeded, reply.Tries).ShouldBe((true, 1));
        lab.Owner.All.Select(w => w.Header("Authorization")).ShouldBe([null, "Basic " + Convert.ToBase64String("me:s@crt"u8)]);
        lab.Owner.All[1].Header("X-Twilio-Signature").ShouldBe(Sign(lab.Owner.Url + "/locked"));
    }

    [Theory]
    [InlineData("", 503, 1)]
    [InlineData("#rc=3&rp=5xx", 503, 4)]
    [InlineData("#rc=3&rp=4xx", 503, 1)]
    [InlineData("#rc=2&rp=ct,rt,4xx", 404, 3)]
    [InlineData("#rc=5&rp=all", 302, 1)]
    public async Task Failure_UnderConnectionOverrides_IsRepeatedAsOftenAsTheySay(string fragment, int status, int tries)
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Owner.Answer("/fail", status);

        var reply = await lab.Sender.SendAsync(lab.To("/fail" + fragment));

        (reply.ErrorCode, reply.Status, reply.Tries).ShouldBe((11200, status, tries));
        lab.Owner.All.Count.ShouldBe(tries);
        lab.Owner.All.Select(w => w.Header("I-Twilio-Idempotency-Token")).Distinct().Count().ShouldBe(1);
        lab.Stats.Callbacks.ShouldBe(new(1, 1, tries - 1));
    }

    [Theory]
    [InlineData("#rc=6", 11241)]
    [InlineData("#rp=6xx", 11243)]
    [InlineData("#zz=1", 11240)]
    public async Task Overrides_ThatCannotBe_StopTheRequest(string fragment, int code)
    {
        await using var lab = await WebhookLab.StartAsync();

        (await lab.Sender.SendAsync(lab.To("/" + fragment))).ErrorCode.ShouldBe(code);

        lab.Owner.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", 15000)]
    [InlineData("#rt=700", 700)]
    [InlineData("#tt=900", 900)]
    public async Task Answer_ThatDoesNotCome_IsWaitedForAsLongAsTheLimitsSay(string fragment, int milliseconds)
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Hang("/slow");

        var sending = lab.Sender.SendAsync(lab.To("/slow" + fragment));
        await lab.Owner.NextAsync();
        lab.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        sending.IsCompleted.ShouldBeFalse();
        lab.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var reply = await sending;
        (reply.ErrorCode, reply.Status, reply.Tries).ShouldBe((11200, null, 1));
    }

    [Fact]
    public async Task TotalTime_OverAllTries_CutsTheRetriesOff()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Hang("/slow");

        var sending = lab.Sender.SendAsync(lab.To("/slow#rt=400&tt=1000&rc=5&rp=rt"));
        for (var n = 0; n < 3; n++)
        {
            await lab.Owner.NextAsync();
            lab.Clock.Advance(TimeSpan.FromMilliseconds(400));
        }

        (await sending).Tries.ShouldBe(3);
    }

    [Fact]
    public async Task Connection_ThatIsNotAccepted_IsGivenUpByTheClock()
    {
        await using var lab = await WebhookLab.StartAsync();
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(1);
        var waiting = Enumerable.Range(0, 8).Select(_ => new TcpClient()).ToList();
        foreach (var client in waiting) _ = client.ConnectAsync((IPEndPoint)full.LocalEndPoint!);

        var sending = lab.Sender.SendAsync(new($"http://{full.LocalEndPoint}/#ct=300&rc=0", []));
        await lab.Clock.TimerAsync(TimeSpan.FromMilliseconds(300));
        lab.Clock.Advance(TimeSpan.FromMilliseconds(300));

        (await sending).ErrorCode.ShouldBe(11205);
        waiting.ForEach(client => client.Dispose());
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/", 11205, 2)]
    [InlineData("ftp://127.0.0.1/", 11210, 0)]
    [InlineData("not a url", 11210, 0)]
    [InlineData("", 11210, 0)]
    public async Task Url_ThatCannotBeReached_FailsWithTwiliosCode(string url, int code, int tries)
    {
        await using var lab = await WebhookLab.StartAsync();

        var reply = await lab.Sender.SendAsync(new(url, []));

        (reply.ErrorCode, reply.Tries).ShouldBe((code, tries));
    }

    [Fact]
    public async Task Connection_BrokenAfterTheRequest_IsNotRepeatedByDefault()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Owner.Script("/broken", (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var reply = await lab.Sender.SendAsync(lab.To("/broken"));

        (reply.ErrorCode, reply.Tries).ShouldBe((11200, 1));
    }

    [Theory]
    [InlineData(64 * 1024, null)]
    [InlineData((64 * 1024) + 1, 11750)]
    public async Task Body_UpTo64Kilobytes_IsRead(int length, int? code)
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Owner.Answer("/big", 200, new string('x', length));

        var reply = await lab.Sender.SendAsync(lab.To("/big"));

        reply.ErrorCode.ShouldBe(code);
        reply.Body.Length.ShouldBe(code is null ? length : 0);
    }

    [Fact]
    public async Task Path_WithoutHost_IsOnTheSandboxItself()
    {
        await using var lab = await WebhookLab.StartAsync();

        (await lab.Sender.SendAsync(new("/sandbox/twiml/inbound", []))).Body.ShouldContain("<Sip>");
    }

    private static string Sign(string text)
    {
        using var hmac = new HMACSHA1(Encoding.UTF8.GetBytes(SandboxApp.AuthToken));
        return Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}
