using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Payments;

/// <summary>
/// Half-typed digits are shown directly on the instance that receives them, and written to Sync only if no screen there shows the payment.
/// </summary>
public sealed class HalfTypedTests : IAsyncLifetime
{
    private readonly PaymentsLab _lab = new();
    private PaymentsHost _host = null!;
    private PaymentSession _payment = null!;
    private string _call = "";

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _host = await _lab.StartInstanceAsync();
        _call = await _lab.CallAsync();
        _payment = await _host.StartPaymentAsync(_call);
        await _host.UntilAsync(_payment.Id, s => s.Pending is null && s.Row(CaptureField.PaymentCardNumber)!.IsOpen);
        _lab.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Digits_WatchedByNobodyHere_ReachAnotherInstanceThroughSync()
    {
        await _lab.PressAsync(_call, "411");

        (await StoredAsync()).Row(CaptureField.PaymentCardNumber)!.ShouldSatisfyAllConditions(r => r.Progress.ShouldBe(FieldProgress.Entering), r => r.Shown.ShouldBe("x"));
    }

    [Fact]
    public async Task Digits_WatchedByNobodyHere_AreWrittenTwiceASecondAtMost()
    {
        var before = (await StoredAsync()).Version;

        foreach (var key in "4111") await PressAfterAsync(key, TimeSpan.FromMilliseconds(250));

        (await StoredAsync()).Version.ShouldBe(before + 2);
    }

    [Fact]
    public async Task Digits_WatchedHere_CostNoWrite()
    {
        using var leaving = new CancellationTokenSource();
        await using var screen = _host.Feed.WatchAsync(_payment.Id, leaving.Token).GetAsyncEnumerator();
        await screen.MoveNextAsync();
        var before = (await StoredAsync()).Version;

        await _lab.PressAsync(_call, "411");

        (await StoredAsync()).Version.ShouldBe(before);
        _host.Feed.Latest(_payment.Id)!.Row(CaptureField.PaymentCardNumber)!.Shown.ShouldBe("xxx");
    }

    private async Task PressAfterAsync(char key, TimeSpan pause)
    {
        await _lab.PressAsync(_call, key.ToString());
        _lab.Clock.Advance(pause);
    }

    private async Task<PaymentSession> StoredAsync() =>
        (await _host.Service<DocumentStore<PaymentSession>>().FetchAsync(PaymentStore.NameOf(_payment.Id), default))!.Data;
}
