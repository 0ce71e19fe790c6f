using System.Text.RegularExpressions;
using AgentPay.Web.Sandbox.Gateway;
using AgentPay.Web.Sandbox.Pay;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>Dozens of payments with all kinds of cards leave no card number in a log, a callback or an answer of the control API.</summary>
public sealed partial class CardDataTests : IAsyncLifetime
{
    /// <summary>Good numbers that are no test cards, of the shortest and the longest kind too.</summary>
    private static readonly string[] Others = ["5105105105105100", "4222222222222", "4000000000000000006", "371449635398431"];

    private readonly PayBench _bench = new() { Log = new() };

    private static IEnumerable<string> Numbers => [.. TestCards.Cards.Select(card => card.Number), .. Others];

    [Fact]
    public async Task CardNumber_AfterPaymentsWithEveryCard_IsNowhere()
    {
        foreach (var number in Numbers)
        {
            await PayAsync(number, "ChargeAmount=12.34");
            await PayAsync(number, "ChargeAmount=0");
            await TypeAtTheWrongTimeAsync(number);
        }

        var traces = (string[])[.. _bench.Log!.Lines, .. _bench.Listener.All.SelectMany(Texts), .. await AnswersAsync()];

        traces.Length.ShouldBeGreaterThan(10_000);
        traces.Where(HoldsCardNumber).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("paid with 4111111111111111.", true)]
    [InlineData("PaymentCardNumber=378282246310005", true)]
    [InlineData("\"4000000000000000006\"", true)]
    [InlineData("x4111111111111111x", true)]
    [InlineData("4111111111111112", false)]
    [InlineData("00-45506f8b28d6cac5731421dec2810bcd-5500000000000004-00", false)]
    [InlineData("xxxxxxxxxxxx1111", false)]
    public void HoldsCardNumber_Text_IsToldByItsRuns(string text, bool holds) => HoldsCardNumber(text).ShouldBe(holds);

    public Task InitializeAsync() => _bench.InitializeAsync();

    public Task DisposeAsync() => _bench.DisposeAsync();

    /// <summary>
    /// A known number anywhere; or a good one by itself, since identifiers, which may be parted by dashes, have long runs of digits too.
    /// </summary>
    private static bool HoldsCardNumber(string text) =>
        Numbers.Any(number => text.Contains(number, StringComparison.Ordinal)) || Runs().Matches(text).Any(run => Luhn.IsValid(run.Value));

    private static IEnumerable<string> Texts(ReceivedWebhook webhook) =>
        [webhook.Url, .. webhook.Form.Select(field => field.Value), .. webhook.Headers.Values];

    private async Task PayAsync(string number, string amount)
    {
        var call = await _bench.ACallAsync();
        await call.StartAsync(amount, "Timeout=600", "PostalCode=false",
            "ValidCardTypes=visa mastercard amex discover diners-club jcb maestro");
        var entered = await call.EnterAsync("payment-card-number", number + "#");
        await call.EnterAsync("expiration-date", "1230");
        if (entered["ErrorType"] is null)
        {
            await call.EnterAsync("security-code", entered["PaymentCardType"] == "amex" ? "1234" : "123");
            await call.UpdateOkAsync("Status=complete");
            await WaitAsync(TestCards.FindCard(number)?.Behaviour);
        }
        else
        {
            await call.UpdateOkAsync("Status=cancel");
        }
        await call.NextAsync(callback => callback["Result"] is not null);
    }

    /// <summary>Lets the gateway take the time that the card makes it take.</summary>
    private async Task WaitAsync(TestBehaviour? behaviour)
    {
        var (timer, times) = behaviour switch
        {
            TestBehaviour.AnswersSlowly => (PaymentGateway.SlowAnswer, 1),
            TestBehaviour.AnswersTooLateOnce => (PaymentGateway.LateAnswer, 1),
            TestBehaviour.NeverAnswers => (ConnectorClient.Timeout, ConnectorClient.MaxAttempts),
            _ => (TimeSpan.Zero, 0),
        };
        for (var time = 0; time < times; time++)
        {
            await _bench.Clock.TimerAsync(timer);
            _bench.Clock.Advance(timer);
        }
    }

    /// <summary>Before a field is asked, where another is asked, and after the end.</summary>
    private async Task TypeAtTheWrongTimeAsync(string number)
    {
        var call = await _bench.ACallAsync();
        await call.PressAsync(number);
        await call.StartAsync();
        await call.PressAsync(number);
        await call.UpdateOkAsync("Capture=expiration-date");
        await call.PressAsync(number);
        await call.UpdateOkAsync("Status=cancel");
        await call.PressAsync(number);
        await call.NextAsync(callback => callback["Result"] is not null);
    }

    private async Task<List<string>> AnswersAsync()
    {
        var calls = await _bench.Sandbox.Anonymous.GetStringAsync("sandbox/control/calls");
        List<string> answers = [calls, await _bench.Sandbox.Anonymous.GetStringAsync("sandbox/control/stats")];
        foreach (var sid in Sids().Matches(calls).Select(match => match.Value).Distinct())
            answers.Add(await _bench.Sandbox.Anonymous.GetStringAsync("sandbox/control/calls/" + sid));
        return answers;
    }

    [GeneratedRegex("(?<![0-9A-Za-z.-])[0-9]{13,19}(?![0-9A-Za-z-])")]
    private static partial Regex Runs();

    [GeneratedRegex("CA[0-9a-f]{32}")]
    private static partial Regex Sids();
}
