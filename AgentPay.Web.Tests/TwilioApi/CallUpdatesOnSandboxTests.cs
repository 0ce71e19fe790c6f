using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>Every change of a call that our client can ask for, and what becomes of it in the sandbox.</summary>
public sealed class CallUpdatesOnSandboxTests(TwilioSandbox sandbox) : IClassFixture<TwilioSandbox>
{
    [Theory]
    [InlineData(true, CallEnd.Completed, CallStatus.Completed)]
    [InlineData(false, CallEnd.Completed, CallStatus.Canceled)]
    [InlineData(false, CallEnd.Canceled, CallStatus.Canceled)]
    [InlineData(true, CallEnd.Canceled, CallStatus.InProgress)]
    public async Task Status_Given_EndsTheCallWhereTwilioDoes(bool answered, CallEnd end, CallStatus status)
    {
        var call = await sandbox.CallInAsync(answered);

        (await sandbox.Calls.UpdateAsync(call, new() { Status = end })).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Url_Given_IsAskedForTwimlByTheMethod(string method)
    {
        var call = await sandbox.CallInAsync();
        sandbox.Twiml("/again", "<Say>One moment</Say><Pause length=\"60\"/>");

        await sandbox.Calls.UpdateAsync(call, new() { Url = sandbox.Owner.Url + "/again", Method = HttpMethod.Parse(method) });

        (await sandbox.NextAsync("/again")).Method.ShouldBe(method);
        await HeardAsync(call, "One moment");
    }

    [Fact]
    public async Task Twiml_Given_IsRun()
    {
        var call = await sandbox.CallInAsync();

        await sandbox.Calls.UpdateAsync(call, new() { Twiml = "<Response><Say>Zoë &amp; Söhne</Say><Pause length=\"60\"/></Response>" });

        await HeardAsync(call, "Zoë & Söhne");
    }

    [Fact]
    public async Task FallbackUrl_Given_IsAskedWhenTheUrlFails()
    {
        var call = await sandbox.CallInAsync();
        sandbox.Owner.Answer("/broken", 500);

        await sandbox.Calls.UpdateAsync(call, new() { Url = sandbox.Owner.Url + "/broken", FallbackUrl = sandbox.Owner.Url + "/rescue", FallbackMethod = HttpMethod.Get });

        (await sandbox.NextAsync("/rescue")).Method.ShouldBe("GET");
    }

    [Fact]
    public async Task StatusCallback_Given_IsToldOfTheEnd()
    {
        var call = await sandbox.CallInAsync();
        await sandbox.Calls.UpdateAsync(call, new() { StatusCallback = sandbox.Owner.Url + "/ended", StatusCallbackMethod = HttpMethod.Post });

        await sandbox.Calls.UpdateAsync(call, new() { Status = CallEnd.Completed });

        var told = await sandbox.NextAsync("/ended");
        (told.Method, told["CallSid"], told["CallStatus"]).ShouldBe(("POST", call.ToString(), "completed"));
    }

    [Fact]
    public async Task TimeLimit_Given_EndsTheCallThen()
    {
        var call = await sandbox.CallInAsync();
        await sandbox.Calls.UpdateAsync(call, new() { StatusCallback = sandbox.Owner.Url + "/over", TimeLimit = TimeSpan.FromMinutes(7) });
        await sandbox.Clock.TimerAsync(TimeSpan.FromMinutes(7));

        sandbox.Clock.Advance(TimeSpan.FromMinutes(7));

        (await sandbox.NextAsync("/over"))["CallDuration"].ShouldBe("420");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Everything_AtOnce_IsAccepted(bool byUrl)
    {
        var call = await sandbox.CallInAsync();

        var updated = await sandbox.Calls.UpdateAsync(call, new()
        {
            Url = byUrl ? sandbox.Owner.Url + "/everything#rc=3&rp=5xx" : null,
            Method = HttpMethod.Post,
            Twiml = byUrl ? null : "<Response><Pause/></Response>",
            FallbackUrl = sandbox.Owner.Url + "/fallback",
            FallbackMethod = HttpMethod.Post,
            StatusCallback = sandbox.Owner.Url + "/status",
            StatusCallbackMethod = HttpMethod.Get,
            TimeLimit = TimeSpan.FromHours(1),
            Status = CallEnd.Completed,
        });

        updated.Status.ShouldBe(CallStatus.Completed);
    }

    [Fact]
    public async Task Update_OfACallThatHasEnded_IsRefusedWithTwiliosCode()
    {
        var call = await sandbox.CallInAsync();
        await sandbox.Calls.UpdateAsync(call, new() { Status = CallEnd.Completed });

        var error = await Should.ThrowAsync<TwilioException>(() => sandbox.Calls.UpdateAsync(call, new() { Status = CallEnd.Completed }));

        (error.Code, error.IsAmbiguous).ShouldBe((21220, false));
    }

    /// <summary>New TwiML runs in its own time: nothing but what is heard tells that it has begun.</summary>
    private async Task HeardAsync(CallSid call, string words)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await sandbox.App.Control.SaidAsync(call.ToString())).Contains(words)) patience.Token.ThrowIfCancellationRequested();
    }
}
