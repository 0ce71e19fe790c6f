using AgentPay.Web.Calls;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Calls;

/// <summary>The leg that a payment is attached to, found from any leg of the call.</summary>
public sealed class PstnLegTests(CallsFixture fixture) : IClassFixture<CallsFixture>, IAsyncLifetime
{
    private const string Sip = "sip:+61280000456@pbx.example.org";

    private readonly CallSid _customer = CallsFixture.NewCall();
    private readonly CallSid _agent = CallsFixture.NewCall();
    private WebhookListener _twilio = null!;
    private CallsApp _app = null!;

    public async Task InitializeAsync()
    {
        _twilio = await WebhookListener.StartAsync();
        _app = (await fixture.StartAsync(("Twilio:ApiBaseUrl", _twilio.Url))).App;
        Children();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _twilio.DisposeAsync();
    }

    [Fact]
    public async Task Find_CallInProgressInTheDirectory_AsksTwilioNothing()
    {
        await _app.PostAsync("/outboundSyncUpdate?UUI=u1", Forms.CustomerLeg(_customer, _agent, "in-progress"));

        (await FindAsync(_agent)).ShouldBe(new PstnLegOutcome.Found(_customer, "u1") { Customer = "+61400000123" });
        _twilio.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Find_CallEndedInTheDirectory_IsNotInProgress()
    {
        await _app.PostAsync("/callStatus", Forms.PbxLeg(_agent, _customer, "completed"));

        (await FindAsync(_agent)).ShouldBe(new PstnLegOutcome.NotInProgress(_customer, CallStatus.Completed));
        _twilio.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("in-progress", true)]
    [InlineData("ringing", false)]
    public async Task Find_CallThatRangWhenLastHeardOf_IsAskedOfTwilio(string status, bool isFound)
    {
        await _app.PostAsync("/inboundHandler", Forms.CallsIn(_customer));
        Leg(_customer, null, "inbound", Forms.Customer, Forms.Merchant, status);

        var outcome = await FindAsync(_customer);

        outcome.ShouldBe(isFound ? new PstnLegOutcome.Found(_customer, _customer.ToString()) { Customer = "+61400000123" }
            : new PstnLegOutcome.NotInProgress(_customer, CallStatus.Ringing));
    }

    [Fact]
    public async Task Find_CustomersLegItself_IsThatLeg()
    {
        Leg(_customer, null, "inbound", Forms.Customer, Forms.Merchant);

        (await FindAsync(_customer)).ShouldBe(new PstnLegOutcome.Found(_customer, null));
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("")]
    public async Task Find_CallerWhoHidesTheirNumber_IsACustomerAllTheSame(string from)
    {
        Leg(_customer, null, "inbound", from, Forms.Merchant);

        (await FindAsync(_customer)).ShouldBe(new PstnLegOutcome.Found(_customer, null));
    }

    [Theory]
    [InlineData(Sip)]
    [InlineData("client:agent7")]
    public async Task Find_AgentsLegOfACallThatCameIn_IsItsParent(string agent)
    {
        Leg(_agent, _customer, "outbound-dial", Forms.Customer, agent);
        Leg(_customer, null, "inbound", Forms.Customer, Forms.Merchant);

        (await FindAsync(_agent)).ShouldBe(new PstnLegOutcome.Found(_customer, null));
    }

    [Fact]
    public async Task Find_AgentsLegOfACallThatWentOut_IsItsChild()
    {
        Leg(_agent, null, "inbound", Sip, "sip:+61400000123@agentpay.sip.twilio.com");
        Children((CallsFixture.NewCall(), Sip, "in-progress"), (CallsFixture.NewCall(), Forms.Customer, "no-answer"),
            (_customer, Forms.Customer, "in-progress"));

        (await FindAsync(_agent)).ShouldBe(new PstnLegOutcome.Found(_customer, null));
        _twilio.All[^1].Url.ShouldContain($"ParentCallSid={_agent}");
    }

    [Fact]
    public async Task Find_CustomersLegHasEnded_IsNotInProgress()
    {
        Leg(_agent, null, "inbound", Sip, "sip:+61400000123@agentpay.sip.twilio.com");
        Children((_customer, Forms.Customer, "completed"));

        (await FindAsync(_agent)).ShouldBe(new PstnLegOutcome.NotInProgress(_customer, CallStatus.Completed));
    }

    [Fact]
    public async Task Find_EarlierLegOfAUuiThatIsUsedAgain_IsNotTakenForTheLaterOne()
    {
        var earlier = CallsFixture.NewCall();
        await _app.PostAsync("/outboundSyncUpdate?UUI=u2", Forms.CustomerLeg(earlier, _agent, "in-progress", 1));
        await _app.PostAsync("/outboundSyncUpdate?UUI=u2", Forms.CustomerLeg(earlier, _agent, "completed", 8));
        await _app.PostAsync("/outboundSyncUpdate?UUI=u2", Forms.CustomerLeg(_customer, _agent, "in-progress", 9));
        Leg(earlier, _agent, "outbound-dial", Forms.Merchant, Forms.Customer, "completed");

        (await FindAsync(earlier)).ShouldBe(new PstnLegOutcome.NotInProgress(earlier, CallStatus.Completed));
    }

    [Fact]
    public async Task Find_NobodyOnTheTelephone_IsNotFound()
    {
        Leg(_agent, _customer, "outbound-dial", Sip, "client:agent7");
        Leg(_customer, null, "inbound", Sip, "sip:x@agentpay.sip.twilio.com");

        (await FindAsync(_agent)).ShouldBeOfType<PstnLegOutcome.NotFound>();
    }

    [Fact]
    public async Task Find_UnknownToTwilio_IsNotFound()
    {
        _twilio.Answer(Path(_customer), 404, """{"code":20404,"message":"not found","status":404}""", "application/json");

        (await FindAsync(_customer)).ShouldBeOfType<PstnLegOutcome.NotFound>();
    }

    [Theory]
    [InlineData(401)]
    [InlineData(500)]
    [InlineData(200)]
    public async Task Find_TwilioCannotSay_IsUnavailable(int status)
    {
        _twilio.Answer(Path(_customer), status, "<html>", "text/html");

        (await _app.Clock.UntilAsync(FindAsync(_customer))).ShouldBeOfType<PstnLegOutcome.Unavailable>();
    }

    [Fact]
    public async Task Find_SyncDown_IsAskedOfTwilioAlone()
    {
        Leg(_customer, null, "inbound", Forms.Customer, Forms.Merchant);
        await fixture.SetSyncDownAsync(true);

        var outcome = await _app.Clock.UntilAsync(FindAsync(_customer));

        await fixture.SetSyncDownAsync(false);
        outcome.ShouldBe(new PstnLegOutcome.Found(_customer, null));
    }

    private Task<PstnLegOutcome> FindAsync(CallSid sid) => _app.Get<PstnLeg>().FindAsync(sid, CancellationToken.None);

    private void Leg(CallSid sid, CallSid? parent, string direction, string from, string to, string status = "in-progress") =>
        _twilio.Answer(Path(sid), 200, Json(sid, parent, direction, from, to, status), "application/json");

    /// <summary>The legs that the agent's leg has dialled.</summary>
    private void Children(params (CallSid Sid, string To, string Status)[] legs)
    {
        var calls = string.Join(',', legs.Select(leg => Json(leg.Sid, _agent, "outbound-dial", Forms.Merchant, leg.To, leg.Status)));
        _twilio.Answer($"/2010-04-01/Accounts/{SandboxApp.AccountSid}/Calls.json", 200, $$"""{"calls":[{{calls}}],"next_page_uri":null}""",
            "application/json");
    }

    private static string Path(CallSid sid) => $"/2010-04-01/Accounts/{SandboxApp.AccountSid}/Calls/{sid}.json";

    private static string Json(CallSid sid, CallSid? parent, string direction, string from, string to, string status) =>
        $$"""{"sid":"{{sid}}","parent_call_sid":{{(parent is null ? "null" : $"\"{parent}\"")}},"direction":"{{direction}}","from":"{{from}}","to":"{{to}}","status":"{{status}}"}""";
}
