using System.Collections.Concurrent;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Calls;

/// <summary>Listeners learn of the end of a call before the webhook is answered.</summary>
public sealed class CallNewsTests(CallsFixture fixture) : IClassFixture<CallsFixture>, IAsyncLifetime
{
    private readonly CallSid _customer = CallsFixture.NewCall();
    private readonly CallSid _pbx = CallsFixture.NewCall();
    private readonly ConcurrentQueue<CallSid> _ended = new();
    private CallsApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = (await fixture.StartAsync()).App;
        _app.News.Ended += (call, _) =>
        {
            _ended.Enqueue(call);
            return Task.CompletedTask;
        };
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Ended_PbxLegEnds_NamesTheCustomersLeg()
    {
        await _app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "completed"));

        _ended.ShouldBe([_customer]);
    }

    [Fact]
    public async Task Ended_CustomerHangsUp_NamesTheCustomersLeg()
    {
        await _app.PostAsync("/outboundSyncUpdate?UUI=u", Forms.CustomerLeg(_customer, _pbx, "completed"));

        _ended.ShouldBe([_customer]);
    }

    [Fact]
    public async Task Ended_NumberReportsItsOwnCall_NamesTheCustomersLeg()
    {
        await _app.PostAsync("/callStatus", Forms.CallsIn(_customer, "no-answer"));

        _ended.ShouldBe([_customer]);
    }

    [Fact]
    public async Task Ended_SipDomainReportsThePbxLeg_NamesTheCustomersLeg()
    {
        await _app.PostAsync("/outboundSyncUpdate?UUI=u", Forms.CustomerLeg(_customer, _pbx, "in-progress"));

        await _app.PostAsync("/callStatus", Forms.CallsOut(_pbx, null, status: "completed"));

        _ended.ShouldBe([_customer]);
    }

    [Theory]
    [InlineData("initiated")]
    [InlineData("ringing")]
    [InlineData("in-progress")]
    [InlineData("")]
    public async Task Ended_WhileTheCallLives_IsNotTold(string status)
    {
        await _app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, status));

        _ended.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ended_ListenerFails_IsToldAgainOnTheNextTryOfTwilio()
    {
        var mayFail = true;
        _app.News.Ended += (_, _) => mayFail ? throw new InvalidOperationException("not now") : Task.CompletedTask;

        (await _app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "completed"))).Status.ShouldBe(503);
        mayFail = false;
        (await _app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "completed"))).Status.ShouldBe(204);

        _ended.ShouldBe([_customer, _customer]);
    }

    [Fact]
    public async Task Ended_ListenerTakesTooLong_IsAnswered503()
    {
        var started = new TaskCompletionSource();
        _app.News.Ended += (_, _) =>
        {
            started.SetResult();
            return new TaskCompletionSource().Task;
        };

        var answer = _app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "completed"));
        await started.Task;
        _app.Clock.Advance(TimeSpan.FromSeconds(10));

        (await answer).Status.ShouldBe(503);
    }
}
