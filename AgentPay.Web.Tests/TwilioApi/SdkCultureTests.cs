using System.Globalization;
using System.Text.Json;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Identity;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>The SDK formats values in the current culture. The requests must be the same in every culture.</summary>
public sealed class SdkCultureTests : IAsyncLifetime
{
    private TwilioStub _stub = null!;

    public async Task InitializeAsync() => _stub = await TwilioStub.StartAsync();

    public Task DisposeAsync() => _stub.DisposeAsync().AsTask();

    [Theory]
    [InlineData("de-DE")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public async Task CreatePayment_InAnyCulture_SendsTheSameValues(string culture)
    {
        _stub.Answers(TwilioStub.PaymentsPath, new Answer(201, Bodies.Payment));

        await InAsync(culture, () => _stub.Payments.CreateAsync(TwilioStub.Call, new()
        {
            IdempotencyKey = "1-start",
            StatusCallback = "https://x.example/cb",
            Goal = Money.Charge("1234.5", "EUR"),
            Timeout = TimeSpan.FromSeconds(20),
            MinPostalCodeLength = 4,
            PostalCode = false,
            Confirmation = true,
        }));

        var sent = _stub.Received.Single();
        (sent["ChargeAmount"], sent["Timeout"], sent["MinPostalCodeLength"]).ShouldBe(("1234.50", "20", "4"));
        (sent["PostalCode"], sent["Confirmation"]).ShouldBe(("false", "true"));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public async Task SyncRequests_InAnyCulture_SendTheSameValues(string culture)
    {
        _stub.Answers($"{TwilioStub.ServicePath}/Maps/m/Items", new Answer(200, Bodies.Page("items", "")));
        _stub.Answers($"{TwilioStub.ServicePath}/Documents/d", new Answer(200, Bodies.Document));
        var data = JsonSerializer.SerializeToElement(new { amount = 9.90m, at = "2026-01-31T10:00:00+02:00" });
        var update = new UpdateSyncDocument { Data = data, Ttl = TimeSpan.FromHours(12), IfMatch = "3" };

        await InAsync(culture, () => _stub.Sync.Documents.UpdateAsync(TwilioStub.Service, "d", update));
        await InAsync(culture, () => _stub.Sync.MapItems.ListAsync(TwilioStub.Service, "m", pageSize: 100).CountAsync().AsTask());

        (_stub.Received[0]["Data"], _stub.Received[0]["Ttl"])
            .ShouldBe(("""{"amount":9.90,"at":"2026-01-31T10:00:00\u002B02:00"}""", "43200"));
        _stub.Received[1].Url.ShouldEndWith("/Items?PageSize=100");
    }

    [Fact]
    public async Task Answer_WithDatesAndDecimals_IsReadAsItWasWritten()
    {
        const string data = """{"amount":9.90,"at":"2026-01-31T10:00:00+02:00"}""";
        var stored = Bodies.Document.Replace("""{"phase":"ready"}""", data, StringComparison.Ordinal);
        _stub.Answers($"{TwilioStub.ServicePath}/Documents/d", new Answer(200, stored));

        var document = await _stub.Sync.Documents.FetchAsync(TwilioStub.Service, "d");

        document.Data.GetRawText().ShouldBe(data);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public void Mint_InAnyCulture_GivesAValidToken(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var key = new SyncTokenKey(TwilioStub.AccountSid, TwilioStub.ApiKeySid, TwilioStub.Secret);
            var now = new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.FromHours(2));
            var token = SyncAccessToken.Mint(key, TwilioStub.Service, "maria", TimeSpan.FromHours(1), now);

            SyncAccessToken.Verify(key, TwilioStub.Service, token, now.AddMinutes(59)).Identity.ShouldBe("maria");
            SyncAccessToken.Verify(key, TwilioStub.Service, token, now.AddMinutes(61)).Refusal.ShouldBe(SyncTokenRefusal.Expired);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Runs a request in a culture, and checks that the culture is unchanged afterwards.</summary>
    private static async Task InAsync(string culture, Func<Task> request)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        await request();
        CultureInfo.CurrentCulture.Name.ShouldBe(culture);
    }
}
