using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Payments;

/// <summary>An instance is killed at each request of a payment in turn; another instance continues from Sync alone.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class DeadInstanceTests : IAsyncLifetime
{
    /// <summary>Patient, so that a machine that is slow just now does not let payments run out of time.</summary>
    private static readonly Dictionary<string, string?> Patient =
        new() { ["Payments:OutcomeTimeout"] = "00:03:00", ["Payments:CaptureWindow"] = "01:00:00" };

    private readonly PaymentsLab _lab = new();

    public Task InitializeAsync() => _lab.InitializeAsync();

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Theory]
    [InlineData(Moment.Before, true)]
    [InlineData(Moment.After, true)]
    [InlineData(Moment.After, false)]
    public async Task Payment_WhoseInstanceDiesAtAnyRequest_IsChargedOnceAndRecordedInFull(Moment moment, bool isStoodIn)
    {
        var deaths = 0;
        while (await DiesAsync(deaths + 1, moment, isStoodIn)) deaths++;

        deaths.ShouldBeGreaterThan(20);
    }

    /// <summary>False when the payment was over before its first instance had made that many requests.</summary>
    /// <param name="isStoodIn">Whether another instance is there already, or one is started only afterwards.</param>
    private async Task<bool> DiesAsync(int request, Moment moment, bool isStoodIn)
    {
        var (first, second) = (await _lab.StartInstanceAsync(Patient), isStoodIn ? await _lab.StartInstanceAsync(Patient) : null);
        if (second is not null) _lab.Door.Remove(second.Url);
        // Sync counts writes by the second.
        _lab.Clock.Advance(TimeSpan.FromSeconds(2));
        var (call, charges) = (await _lab.CallAsync(), await _lab.GatewayAsync("charges"));
        first.Edge.OnCut = () =>
        {
            if (second is not null) _lab.Door.Add(second.Url);
            _lab.Door.Remove(first.Url);
        };
        first.Edge.CutAt(request, moment);
        var whole = new AgentAndCaller(_lab, first, call).ToTheEndAsync();
        var hasDied = await Task.WhenAny(whole, first.Edge.WhenCut) == first.Edge.WhenCut;
        if (hasDied)
        {
            await first.DisposeAsync();
            second ??= await _lab.StartInstanceAsync(Patient);
            await CheckAsync(second, await new AgentAndCaller(_lab, second, call)
                .ToTheEndAsync(), charges, isStoodIn, $"dead {moment} request {request}, stood in: {isStoodIn}");
        }
        await first.DisposeAsync();
        if (second is not null) await second.DisposeAsync();
        return hasDied;
    }

    private async Task CheckAsync(PaymentsHost host, PaymentSession payment, int before, bool isStoodIn, string why)
    {
        // With nobody there, Twilio's last callback may be lost for good: that is said, and nothing else is.
        PaymentPhase[] ends = isStoodIn ? [PaymentPhase.Succeeded] : [PaymentPhase.Succeeded, PaymentPhase.Unknown];
        ends.ShouldContain(payment.Phase, why);
        (await _lab.GatewayAsync("charges") - before).ShouldBe(1, why);
        await _lab.PumpAsync(_lab.HistoryAsync(host, payment));
        // By now, whatever the dead instance has left undone is found.
        _lab.Clock.Advance(TimeSpan.FromMinutes(2));
        await _lab.PumpAsync(host.LookAsync());
        var record = await _lab.PumpAsync(_lab.HistoryAsync(host, payment));
        // The host's own sweep may have begun by itself. Then a look finds nothing to do, and the record is written a moment later.
        for (var look = 0; look < 60 && record is null; look++)
        {
            await _lab.PumpAsync(host.LookAsync());
            record = await _lab.PumpAsync(_lab.HistoryAsync(host, payment));
        }
        record.ShouldNotBeNull(why).Result.ShouldBe(payment.Outcome?.Result ?? "unknown", why);
        var item = (await _lab.PumpAsync(_lab.PayMapAsync(host, payment))).ShouldNotBeNull(why);
        item.GetProperty("status").GetString().ShouldBe(payment.Phase.ToString().ToLowerInvariant(), why);
        item.EnumerateObject().Select(p => p.Name)
            .ShouldNotContain(n => n == "Capture" || n == "Required" || n == "PartialResult" || n == "ExpirationDate", why);
    }
}
