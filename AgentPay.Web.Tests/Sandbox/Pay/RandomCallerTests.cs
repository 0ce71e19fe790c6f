using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>Callers and agents who do anything at all, from seeds.</summary>
public sealed class RandomCallerTests : IAsyncLifetime
{
    private static readonly string[] Captures =
        ["payment-card-number", "expiration-date", "security-code", "postal-code", "payment-card-number-matcher", "postal-code-matcher"];

    private static readonly string[] Keys =
        [PayCall.Visa, PayCall.Amex, "4000000000000002", "1230", "123", "1234", "94111#", "#", "0", "9", "55", "4111", "1", "2", "*"];

    private readonly PayBench _bench = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Session_WithRandomKeysAndRequests_ShowsAtMostFourCardDigitsAndEndsOnce(int seed)
    {
        var random = new Random(seed);
        var call = _bench.ACall();
        await call.StartAsync("RequireMatchingInputs=payment-card-number,postal-code", $"Confirmation={(seed % 2 == 0 ? "true" : "false")}", "ValidCardTypes=visa amex");
        for (var step = 0; step < 60; step++) await ActAsync(call, random);
        await call.HangUpAsync();

        await call.NextAsync(callback => callback["Result"] is not null);

        call.Received.Count(callback => callback["Result"] is not null).ShouldBe(1);
        call.Received[^1]["Result"].ShouldNotBeNull();
        call.Received.SelectMany(callback => callback.Form).ShouldAllBe(p => !p.Key.StartsWith("PaymentCardNumber", StringComparison.Ordinal) || Regex.IsMatch(p.Value, @"^x*\d{0,4}$"));
        call.Received.SelectMany(callback => callback.Form).ShouldAllBe(p => p.Key != "SecurityCode" || Regex.IsMatch(p.Value, "^x{1,4}$"));
        call.Said.ShouldAllBe(said => Regex.Count(said, @"\d") == 6);
        var dates = call.Received.Select(callback => callback["DateCreated"] ?? callback["DateUpdated"]!).ToList();
        dates.ShouldBe(dates.Order(StringComparer.Ordinal).Distinct());
    }

    public Task InitializeAsync() => _bench.InitializeAsync();

    public Task DisposeAsync() => _bench.DisposeAsync();

    private static Task ActAsync(PayCall call, Random random) => random.Next(100) switch
    {
        < 55 => call.PressAsync(Keys[random.Next(Keys.Length - (random.Next(20) == 0 ? 0 : 1))]),
        < 90 => call.UpdateAsync("Capture=" + Captures[random.Next(Captures.Length)]),
        < 99 => call.UpdateAsync("Status=complete"),
        _ => call.UpdateAsync(string.Create(CultureInfo.InvariantCulture, $"Status={(random.Next(4) == 0 ? "cancel" : "complete")}")),
    };
}
