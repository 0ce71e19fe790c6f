using System.Globalization;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Payments;

/// <summary>Many payments at once on two instances while requests and callbacks fail at random. A seed repeats a run.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class FaultyTwilioTests
{
    private static readonly object Faults = new
    {
        syncError = 0.08,
        syncThrottle = 0.05,
        apiError = 0.15,
        apiTimeout = 0.05,
        callbackDuplicate = 0.2,
        callbackReorder = 0.2,
        callbackDelayMs = 300,
        callbackLoss = 0.03,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Payments_WhateverFails_EndOnceAndAreChargedOnceAtMost(int seed)
    {
        var run = new Run(seed);
        await run.InitializeAsync();
        try
        {
            await run.ToItsEndAsync();
            await run.CheckAsync();
        }
        finally
        {
            await run.DisposeAsync();
        }
    }

    private sealed class Run(int seed) : IAsyncLifetime
    {
        private const int Payments = 20;

        private readonly Random _random = new(seed);
        private readonly PaymentsLab _lab = new(new() { ["Sandbox:Seed"] = seed.ToString(CultureInfo.InvariantCulture) });
        private readonly List<(string Call, PaymentId Payment)> _payments = [];
        private readonly HashSet<(PaymentId, CaptureField, int)> _typed = [];
        private readonly List<Task> _wishes = [];
        private PaymentsHost[] _hosts = [];

        public async Task InitializeAsync()
        {
            await _lab.InitializeAsync();
            _hosts = [await _lab.StartInstanceAsync(), await _lab.StartInstanceAsync()];
            for (var number = 0; number < Payments; number++)
            {
                var call = await _lab.CallAsync();
                _payments.Add((call, (await _lab.PumpAsync(_hosts[number % 2].StartPaymentAsync(call))).Id));
            }
        }

        public Task DisposeAsync() => _lab.DisposeAsync();

        public async Task ToItsEndAsync()
        {
            await _lab.FaultsAsync(Faults);
            for (var second = 0; second < 100; second++) await SecondAsync();
            await _lab.FaultsAsync(new { });
            for (var minute = 0; minute < 15 && !await AllOverAsync(); minute++)
                for (var second = 0; second < 30; second++) await SecondAsync();
        }

        public async Task CheckAsync()
        {
            for (var second = 0; second < 70; second++) await PassAsync();
            var ends = new List<PaymentSession>();
            foreach (var (_, payment) in _payments) ends.Add((await _lab.PumpAsync(_hosts[0].Flow.RefreshAsync(payment, default)))!);
            ends.ShouldAllBe(s => s.IsOver, $"seed {seed}: {string.Join(", ", ends.Select(s => s.Phase))}");
            var (succeeded, unknown, charges) = (ends.Count(s => s.Phase == PaymentPhase.Succeeded),
                ends.Count(s => s.Phase == PaymentPhase.Unknown), await _lab.GatewayAsync("charges"));
            succeeded.ShouldBeGreaterThan(0, $"seed {seed}");
            charges.ShouldBeInRange(succeeded, succeeded + unknown, $"seed {seed}: {string.Join(", ", ends.Select(s => s.Phase))}");
            ends.Where(s => s.Phase == PaymentPhase.Succeeded).Select(s => s.Outcome!.Confirmation).ShouldBeUnique();
            foreach (var end in ends) await CheckRecordsAsync(end);
        }

        private async Task CheckRecordsAsync(PaymentSession end)
        {
            var why = $"seed {seed}, payment {end.Id}, {end.Phase}";
            (await _lab.PumpAsync(_lab.HistoryAsync(_hosts[0], end))).ShouldNotBeNull(why).Result
                .ShouldBe(end.Outcome?.Result ?? "unknown", why);
            if (end.Payment is null) return;
            var item = (await _lab.PumpAsync(_lab.PayMapAsync(_hosts[0], end))).ShouldNotBeNull(why);
            item.GetProperty("status").GetString().ShouldBe(JsonNamingPolicy.KebabCaseLower.ConvertName(end.Phase.ToString()), why);
            item.TryGetProperty("Capture", out _).ShouldBeFalse(why);
        }

        private async Task<bool> AllOverAsync()
        {
            var over = true;
            foreach (var (_, payment) in _payments)
                over &= await _lab.PumpAsync(_hosts[0].Flow.RefreshAsync(payment, default)) is { IsOver: true };
            return over;
        }

        /// <summary>Every agent looks at the screen and does what it calls for; then a second passes.</summary>
        private async Task SecondAsync()
        {
            foreach (var (call, payment) in _payments)
                if (_hosts[_random.Next(2)].Service<PaymentStore>().Known(payment) is { IsOver: false } session) Act(call, session);
            await PassAsync();
        }

        private async Task PassAsync()
        {
            foreach (var host in _hosts) await _lab.PumpAsync(host.LookAsync());
            foreach (var (_, payment) in _payments.Where(_ => _random.Next(8) == 0))
                Wish(_hosts[_random.Next(2)].Flow.RefreshAsync(payment, default));
            _lab.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        private void Act(string call, PaymentSession session)
        {
            var desk = _hosts[_random.Next(2)].Desk;
            if (_random.Next(400) == 0) Wish(desk.CancelAsync("maria", session.Id, default));
            else if (_random.Next(800) == 0) Wish(_lab.HangUpAsync(call));
            else if (session.Phase == PaymentPhase.Ready) Wish(desk.SubmitAsync("maria", session.Id, default));
            else if (session is { Phase: PaymentPhase.Capturing, Pending: null, Current: { } field } && session.Row(field) is { } row)
            {
                if (row.IsOpen && _typed.Add((session.Id, field, row.Asked))) Wish(_lab.PressAsync(call, AgentAndCaller.KeysOf(field)));
                else if (_random.Next(15) == 0) Wish(desk.AskAsync("maria", session.Id, field, default));
            }
        }

        private void Wish(Task wish)
        {
            _wishes.RemoveAll(w => w.IsCompleted);
            _wishes.Add(wish);
        }
    }
}
