using System.Text.RegularExpressions;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>Random actions of callers and agents, repeatable by a seed.</summary>
public sealed class RandomCallerTests : IAsyncLifetime
{
    /// <summary>Every field with keys that are good for it.</summary>
    private static readonly (string Capture, string Keys)[] Fields =
    [
        ("payment-card-number", PayCall.Visa), ("payment-card-number-matcher", PayCall.Visa), ("expiration-date", "1230"),
        ("security-code", "123"),
    ];

    private static readonly string[] Keys =
        [PayCall.Visa, PayCall.Amex, "4000000000000002", "1230", "123", "1234", "94111#", "#", "0", "9", "55", "4111", "1", "2"];

    private readonly PayBench _bench = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Session_WithRandomKeysAndRequests_ShowsAtMostFourCardDigitsAndEndsOnce(int seed)
    {
        var random = new Random(seed);
        var call = await _bench.ACallAsync();
        await call.StartAsync("PostalCode=false", "RequireMatchingInputs=payment-card-number",
            $"Confirmation={(seed % 2 == 0 ? "true" : "false")}", "ValidCardTypes=visa amex");
        for (var step = 0; step < 80; step++) await ActAsync(call, random);
        await call.HangUpAsync();

        await call.NextAsync(callback => callback["Result"] is not null);

        call.Received.Count(callback => callback["Result"] is not null).ShouldBe(1);
        call.Received[^1]["Result"].ShouldNotBeNull();
        call.Received.SelectMany(callback => callback.Form)
            .ShouldAllBe(p => !p.Key.StartsWith("PaymentCardNumber", StringComparison.Ordinal) || Regex.IsMatch(p.Value, @"^x*\d{0,4}$"));
        call.Received.SelectMany(callback => callback.Form).ShouldAllBe(p => p.Key != "SecurityCode" || Regex.IsMatch(p.Value, "^x{1,4}$"));
        (await call.SaidAsync()).ShouldAllBe(said => Regex.Count(said, @"\d") == 6);
        var dates = call.Received.Select(callback => callback["DateCreated"] ?? callback["DateUpdated"]!).ToList();
        dates.ShouldBe(dates.Order(StringComparer.Ordinal).Distinct());
    }

    public Task InitializeAsync() => _bench.InitializeAsync();

    public Task DisposeAsync() => _bench.DisposeAsync();

    private static async Task ActAsync(PayCall call, Random random)
    {
        var (capture, good) = Fields[random.Next(Fields.Length)];
        switch (random.Next(100))
        {
            case < 20:
                await call.PressAsync(random.Next(40) == 0 ? "*" : Keys[random.Next(Keys.Length)]);
                break;
            case < 80:
                await call.UpdateAsync("Capture=" + capture);
                await call.PressAsync(random.Next(4) == 0 ? Keys[random.Next(Keys.Length)] : good);
                break;
            default:
                await call.UpdateAsync(random.Next(60) == 0 ? "Status=cancel" : "Status=complete");
                break;
        }
    }
}
