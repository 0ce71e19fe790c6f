using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Components.History;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Payments;

/// <summary>The same charge is made again only after the agent has confirmed it.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class DuplicatePaymentTests : IAsyncLifetime
{
    private readonly PaymentsLab _lab = new();
    private PaymentsHost _host = null!;

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _host = await _lab.StartInstanceAsync();
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Theory]
    [InlineData("INV-1")]
    [InlineData(null)]
    public async Task Start_OfTheSameOnOneCall_IsRefusedUntilConfirmed(string? reference)
    {
        var call = await _lab.CallAsync();
        var paid = await PayAsync(call, reference);

        var refused = (await StartAsync(_host, call, reference, agent: "priya")).ShouldBeOfType<DeskAnswer.Refused>();

        (refused.Code, refused.Paid!.Id, refused.Paid.Agent).ShouldBe(("already-paid", paid.Id, "maria"));
        _host.Edge.Starts.ShouldHaveSingleItem();
        var again = PaymentsHost.Done(await StartAsync(_host, call, reference, agent: "priya", isConfirmed: true));
        again.Plan.IsConfirmedAgain.ShouldBeTrue();
        HistoryRecord.Of(again).IsConfirmedAgain.ShouldBeTrue();
        _host.Edge.Starts.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("INV-2", 42.50)]
    [InlineData("INV-1", 42.51)]
    public async Task Start_OfSomethingElseOnOneCall_IsNotRefused(string reference, double amount)
    {
        var call = await _lab.CallAsync();
        await PayAsync(call, "INV-1");

        PaymentsHost.Done(await StartAsync(_host, call, reference, (decimal)amount));
    }

    [Fact]
    public async Task Start_AfterAPaymentThatWasNotTaken_IsNotRefused()
    {
        var call = await _lab.CallAsync();
        var payment = PaymentsHost.Done(await StartAsync(_host, call, "INV-1"));
        await _host.Desk.CancelAsync("maria", payment.Id, default);
        await _host.UntilAsync(payment.Id, s => s.IsFinal);

        PaymentsHost.Done(await StartAsync(_host, call, "INV-1"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_OfTheSameReferenceOnAnotherCall_IsRefusedWithinTheWindow(bool isSameInstance)
    {
        var paid = await PayAsync(await _lab.CallAsync(), "INV-1");
        await _lab.HistoryAsync(_host, paid);
        var host = isSameInstance ? _host : await _lab.StartInstanceAsync();

        (await StartAsync(host, await _lab.CallAsync(), "inv-1", agent: "joe")).ShouldBeOfType<DeskAnswer.Refused>().Paid!.Id
            .ShouldBe(paid.Id);

        _lab.Clock.Advance(TimeSpan.FromMinutes(11));
        PaymentsHost.Done(await _lab.PumpAsync(StartAsync(host, await _lab.CallAsync(), "INV-1", agent: "joe")));
    }

    [Fact]
    public async Task Start_OfTheSameAmountWithoutAReferenceOnAnotherCall_IsNotRefused()
    {
        await PayAsync(await _lab.CallAsync(), null);

        PaymentsHost.Done(await StartAsync(_host, await _lab.CallAsync(), null));
    }

    [Fact]
    public async Task Start_AfterManyOtherPayments_StillFindsTheSame()
    {
        var store = _host.Service<HistoryStore>();
        var (first, now) = (ARecord.Of("maria", _lab.Clock.GetUtcNow(), amount: 42.5m, currency: "USD"), _lab.Clock.GetUtcNow());
        for (var i = 0; i < 120; i++)
        {
            _lab.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await store.WriteAsync(ARecord.Of("joe", now.AddMilliseconds(i - 200)) with { Reference = $"other-{i}" }, default, default);
        }
        await store.WriteAsync(first, default, default);

        (await StartAsync(_host, await _lab.CallAsync(), "inv-1")).ShouldBeOfType<DeskAnswer.Refused>().Paid!.Id.ShouldBe(first.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_WhileTheSameNeedsChecking_IsRefusedHoweverLongAgo(bool isClosed)
    {
        var (store, doubtful) = (_host.Service<HistoryStore>(),
            ARecord.Of("maria", _lab.Clock.GetUtcNow().AddDays(-2), "internal-error", 42.50m, "USD"));
        await store.WriteAsync(doubtful, default, default);
        if (isClosed) await _host.Service<PaymentChecks>().CloseAsync(Agents.Supervisor("priya"), doubtful, false, null, null, default);

        var answer = await StartAsync(_host, await _lab.CallAsync(), "INV-1");

        if (isClosed) PaymentsHost.Done(answer);
        else answer.ShouldBeOfType<DeskAnswer.Refused>().Words.ShouldContain("may already have been charged");
    }

    [Fact]
    public async Task Start_OfTheSameOnALongCall_IsStillRefused()
    {
        var call = await _lab.CallAsync();
        var paid = await PayAsync(call, null);
        await _lab.HistoryAsync(_host, paid);
        _lab.Clock.Advance(TimeSpan.FromMinutes(40));
        var other = await _lab.StartInstanceAsync();

        (await _lab.PumpAsync(StartAsync(other, call, null))).ShouldBeOfType<DeskAnswer.Refused>().Paid!.Id.ShouldBe(paid.Id);
    }

    [Fact]
    public async Task Start_WithoutAWindow_AsksOnTheSameCallOnly()
    {
        var call = await _lab.CallAsync();
        await _lab.HistoryAsync(_host, await PayAsync(call, "INV-1"));
        var host = await _lab.StartInstanceAsync(new() { ["Payments:DuplicateWindow"] = "00:00:00" });

        (await StartAsync(host, call, "INV-1")).ShouldBeOfType<DeskAnswer.Refused>().Code.ShouldBe("already-paid");
        PaymentsHost.Done(await StartAsync(host, await _lab.CallAsync(), "INV-1"));
    }

    [Fact]
    public async Task Latest_AfterTwoPayments_TellsTheFirstToAnInstanceThatSawNeither()
    {
        var call = await _lab.CallAsync();
        var first = await PayAsync(call, "INV-1");
        var second = PaymentsHost.Done(await StartAsync(_host, call, "INV-2"));
        var other = await _lab.StartInstanceAsync();

        var answer = (await other.Desk.LatestAsync(Agents.Agent("maria"), CallSid.Parse(call), null, default))
            .ShouldBeOfType<DeskAnswer.Done>();

        answer.Payment.Id.ShouldBe(second.Id);
        var earlier = answer.Earlier.ShouldHaveSingleItem();
        (earlier.Id, earlier.Amount, earlier.Confirmation).ShouldBe((first.Id, 42.50m, first.Outcome!.Confirmation));
    }

    [Theory]
    [InlineData("maria", true)]
    [InlineData("ben", true)]
    [InlineData("joe", false)]
    public async Task Latest_TakenOverAndPaid_IsForTheFormerAgentAndTheHolderOfTheCall(string viewer, bool isShown)
    {
        var call = await _lab.CallAsync();
        var payment = PaymentsHost.Done(await StartAsync(_host, call, "INV-1"));
        await _lab.EnterCardAsync(_host, call, payment.Id);
        await _host.Desk.TakeOverAsync(Agents.Supervisor("priya"), payment.Id, default);
        await _host.Desk.SubmitAsync("priya", payment.Id, default);
        await _host.UntilAsync(payment.Id, s => s.Phase == PaymentPhase.Succeeded);

        var answer = await _host.Desk.LatestAsync(Agents.Agent(viewer), CallSid.Parse(call), "ben", default);

        if (isShown) PaymentsHost.Done(answer).Agent.ShouldBe("priya");
        else answer.ShouldBe(DeskAnswer.NotFound);
        (await _host.Desk.CancelAsync(viewer, payment.Id, default)).ShouldBe(DeskAnswer.NotYours);
    }

    private async Task<PaymentSession> PayAsync(string call, string? reference)
    {
        var payment = PaymentsHost.Done(await StartAsync(_host, call, reference));
        await _lab.EnterCardAsync(_host, call, payment.Id);
        await _host.Desk.SubmitAsync("maria", payment.Id, default);
        return await _host.UntilAsync(payment.Id, s => s.Phase == PaymentPhase.Succeeded);
    }

    private static Task<DeskAnswer> StartAsync(PaymentsHost host, string call, string? reference, decimal amount = 42.50m,
        string agent = "maria", bool isConfirmed = false) =>
        host.Desk.StartAsync(agent, new(CallSid.Parse(call), Amount: amount, Reference: reference) { IsConfirmedAgain = isConfirmed },
            default);
}
