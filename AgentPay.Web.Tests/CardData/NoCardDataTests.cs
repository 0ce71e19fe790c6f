using AgentPay.Web.Payments;
using AgentPay.Web.Sandbox.Gateway;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Api;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.CardData;

/// <summary>
/// Payments of every kind and with every card that the gateway answers at once, after which no card number stands anywhere: not
/// in the log at its finest, in Sync, in an answer of the API or on a page.
/// </summary>
public sealed class NoCardDataTests(NoCardDataTests.Bench bench) : IClassFixture<NoCardDataTests.Bench>
{
    /// <summary>Every kind of payment with every card, twice.</summary>
    private const int Payments = 112;
    private const int AtOnce = 8;
    private const string Agent = "amara@agentpay.example";

    private static readonly TestCard[] Cards = [.. TestCards.Cards.Where(card => card.Behaviour is
        TestBehaviour.Approves or TestBehaviour.Declines or TestBehaviour.HasNoFunds or TestBehaviour.HasExpired or TestBehaviour.HasWrongSecurityCode or TestBehaviour.InternalErrorAtSubmission)];

    private readonly List<string> _replies = [];

    private PaymentDesk Desk => bench.App.Services.GetRequiredService<PaymentDesk>();

    private LiveFeed<PaymentId, PaymentSession> Feed => bench.App.Services.GetRequiredService<LiveFeed<PaymentId, PaymentSession>>();

    [Fact]
    public async Task CardNumber_AfterEveryKindOfPayment_IsNowhere()
    {
        List<PaymentSession> ended = [];
        for (var first = 0; first < Payments; first += AtOnce)
        {
            List<CustomerCall> calls = [];
            for (var i = 0; i < AtOnce; i++) calls.Add(await bench.CallAsync());
            ended.AddRange(await Task.WhenAll(calls.Select((call, i) => PayAsync(call, first + i))));
        }

        // Every kind of end was there, or nothing is proven.
        ended.Select(payment => payment.Phase).Distinct()
            .ShouldBe([PaymentPhase.Succeeded, PaymentPhase.Failed, PaymentPhase.Cancelled], ignoreOrder: true);
        ended.Count(payment => payment.Outcome?.Confirmation is not null).ShouldBeGreaterThan(25);
        ended.Count(payment => payment.Outcome?.Token is not null).ShouldBeGreaterThan(5);
        var sync = await SyncContents.ReadAsync(bench);
        sync.Count.ShouldBeGreaterThan(2 * Payments);
        sync.ShouldContain(text => text.Contains("xxxxxxxxxxxx1111", StringComparison.Ordinal));
        bench.App.Log.Lines.Count.ShouldBeGreaterThan(50 * Payments);
        Holding(sync).ShouldBeEmpty();
        Holding(bench.App.Log.Lines).ShouldBeEmpty();
        Holding([.. _replies, .. await PagesAsync(ended[0])]).ShouldBeEmpty();
    }

    /// <summary>All of a number, grouped or not, or all of it that Twilio hides.</summary>
    private static IEnumerable<string> Holding(IEnumerable<string> texts)
    {
        var numbers = Cards.SelectMany(card => (string[])[card.Number[..^4],
            string.Join(' ', card.Number.Chunk(4).Select(four => new string(four)))]).Append("411111111111").ToArray();
        return texts.Where(text => numbers.Any(number => text.Contains(number, StringComparison.Ordinal))).Take(3);
    }

    private Task<PaymentSession> PayAsync(CustomerCall call, int number)
    {
        var card = Cards[number % Cards.Length];
        return (number % 8) switch
        {
            0 => ByClientAsync(call, card),
            1 => TokeniseAsync(call, card),
            2 => MistypeAsync(call, card),
            3 => HangUpAsync(call, card),
            4 => CancelAsync(call, card),
            _ => ChargeAsync(call, card),
        };
    }

    private async Task<PaymentSession> ChargeAsync(CustomerCall call, TestCard card)
    {
        // Before anybody has asked.
        await call.PressAsync(card.Number);
        var payment = await StartAsync(call, 12.34m);
        await EnterAllAsync(call, payment, card);
        var ended = await SubmitAsync(payment);
        await call.PressAsync(card.Number);
        return ended;
    }

    private async Task<PaymentSession> TokeniseAsync(CustomerCall call, TestCard card)
    {
        var payment = await StartAsync(call, null);
        await EnterAllAsync(call, payment, card);
        return await SubmitAsync(payment);
    }

    private async Task<PaymentSession> MistypeAsync(CustomerCall call, TestCard card)
    {
        var payment = await StartAsync(call, 5);
        await EnterAsync(call, payment, CaptureField.PaymentCardNumber,
            card.Number[..^1] + (char)('0' + ((card.Number[^1] - '0' + 1) % 10)) + "#");
        await UntilAsync(payment, session => session.Row(CaptureField.PaymentCardNumber)!.Progress == FieldProgress.Rejected);
        (await Desk.AskAsync(Agent, payment, CaptureField.PaymentCardNumber, default)).ShouldBeOfType<DeskAnswer.Done>();
        await EnterAllAsync(call, payment, card);
        return await SubmitAsync(payment);
    }

    private async Task<PaymentSession> HangUpAsync(CustomerCall call, TestCard card)
    {
        var payment = await StartAsync(call, 5);
        await EnterAsync(call, payment, CaptureField.PaymentCardNumber, card.Number + "#");
        await call.HangUpAsync();
        return await UntilAsync(payment, session => session.IsOver);
    }

    private async Task<PaymentSession> CancelAsync(CustomerCall call, TestCard card)
    {
        var payment = await StartAsync(call, 5);
        await EnterAsync(call, payment, CaptureField.PaymentCardNumber, card.Number[..10]);
        (await Desk.CancelAsync(Agent, payment, default)).ShouldBeOfType<DeskAnswer.Done>();
        return await UntilAsync(payment, session => session.IsOver);
    }

    /// <summary>As the predecessor's front ends do it, over the API.</summary>
    private async Task<PaymentSession> ByClientAsync(CustomerCall call, TestCard card)
    {
        var agent = await bench.AmaraAsync();
        var sid = await agent.StartAsync(call, 7.5m);
        foreach (var (field, keys) in KeysOf(card))
        {
            Keep(await agent.AskAsync(call.Sid, sid, WireName.Of(field)));
            await call.PressAsync(keys);
        }
        Keep(await agent.ChangeAsync(call.Sid, sid, "complete"));
        Keep(await agent.GetAsync("/uui2sid?uui=" + call.Sid));
        var payment = (await bench.App.Services.GetRequiredService<CallPayments>().LatestAsync(CallSid.Parse(call.Sid), default))!.Value;
        var ended = await UntilAsync(payment, session => session.IsOver);
        Keep(await agent.ChangeAsync(call.Sid, sid, "complete"));
        return ended;
    }

    private void Keep(ApiReply reply)
    {
        lock (_replies) _replies.Add(reply.Text);
    }

    private async Task<PaymentId> StartAsync(CustomerCall call, decimal? amount)
    {
        var answer = await Desk.StartAsync(Agent,
            new(CallSid.Parse(call.Sid), Amount: amount, Description: "Order 7", Reference: "R-7") { IsConfirmedAgain = true }, default);
        return answer.ShouldBeOfType<DeskAnswer.Done>().Payment.Id;
    }

    private async Task EnterAllAsync(CustomerCall call, PaymentId payment, TestCard card)
    {
        foreach (var (field, keys) in KeysOf(card)) await EnterAsync(call, payment, field, keys);
    }

    private static (CaptureField Field, string Keys)[] KeysOf(TestCard card) =>
    [
        // The hash ends what may have more digits; a card that is full has ended by itself.
        (CaptureField.PaymentCardNumber, card.Brand == "maestro" ? card.Number + "#" : card.Number),
        (CaptureField.ExpirationDate, "1230"),
        (CaptureField.SecurityCode, card.Brand == "amex" ? "1234" : "123"),
    ];

    private async Task EnterAsync(CustomerCall call, PaymentId payment, CaptureField field, string keys)
    {
        await UntilAsync(payment, session => session.Current == field && session.Pending is null && session.Row(field)!.IsOpen);
        await call.PressAsync(keys);
    }

    private async Task<PaymentSession> SubmitAsync(PaymentId payment)
    {
        await UntilAsync(payment, session => session.Phase == PaymentPhase.Ready);
        (await Desk.SubmitAsync(Agent, payment, default)).ShouldBeOfType<DeskAnswer.Done>();
        return await UntilAsync(payment, session => session.IsOver);
    }

    private async Task<PaymentSession> UntilAsync(PaymentId payment, Func<PaymentSession, bool> condition)
    {
        using var limit = new CancellationTokenSource(TestLimit.Time);
        return await Feed.WatchAsync(payment, limit.Token).FirstAsync(condition, limit.Token);
    }

    private async Task<List<string>> PagesAsync(PaymentSession payment)
    {
        using var browser = new HttpBrowser(bench.App.Url);
        (await browser.SignInAsync(People.Priya)).Dispose();
        List<string> pages = [];
        foreach (var page in (string[])["/", "/pay", $"/pay?uui={payment.Call}&amount=5", "/setup", "/history", "/denied", "/signed-out",
            "/health/ready", "/sandbox/control/calls", "/sandbox/control/stats"])
        {
            using var answer = await browser.GoAsync(page);
            pages.Add(await answer.Content.ReadAsStringAsync());
            if (page == "/") answer.IsSuccessStatusCode.ShouldBeTrue();
        }
        return pages;
    }

    public sealed class Bench : ApiBench
    {
        protected override Dictionary<string, string?> Settings => new()
        {
            ["Payments:Profiles:0:Name"] = "Default",
            ["Payments:Profiles:0:ValidCardTypes"] = "visa mastercard amex discover diners-club jcb maestro",
        };
    }
}
