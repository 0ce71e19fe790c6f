using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.TwilioApi;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using System.Globalization;

namespace AgentPay.Web.Tests.Payments;

/// <summary>The section <c>Payments</c>, as it stands in a settings file, read on a German machine.</summary>
[InCulture("de-DE")]
public sealed class PaymentsOptionsTests
{
    [Theory]
    [InlineData("CaptureWindow", "00:00:29")]
    [InlineData("CaptureWindow", "01:00:01")]
    [InlineData("OutcomeTimeout", "00:00:14")]
    [InlineData("OutcomeTimeout", "00:10:01")]
    [InlineData("Profiles:0:Name", " ")]
    [InlineData("Profiles:0:Connector", "")]
    [InlineData("Profiles:0:Currency", "EURO")]
    [InlineData("Profiles:0:CaptureOrder", "payment-card-number,expiration-date,shoe-size")]
    [InlineData("Profiles:0:CaptureOrder", "payment-card-number,expiration-date,expiration-date")]
    [InlineData("Profiles:0:CaptureOrder", "payment-card-number,security-code")]
    [InlineData("Profiles:0:CaptureOrder", "security-code,payment-card-number,expiration-date")]
    [InlineData("Profiles:0:CaptureOrder", "payment-card-number,expiration-date,bank-account-number")]
    [InlineData("Profiles:0:CaptureOrder", "payment-card-number,payment-card-number-matcher,expiration-date")]
    [InlineData("Profiles:0:RequireMatchingInputs", "everything")]
    [InlineData("Profiles:0:RequireMatchingInputs", "postal-code")]
    [InlineData("Profiles:0:ValidCardTypes", "visa gold")]
    [InlineData("Profiles:0:Timeout", "00:10:01")]
    [InlineData("Profiles:0:MinPostalCodeLength", "0")]
    [InlineData("Profiles:0:MaxAmount", "0")]
    [InlineData("Profiles:0:MaxAmount", "1000000")]
    [InlineData("Profiles:0:Attempts", "11")]
    [InlineData("Profiles:0:NotPaid", "DECLINED")]
    [InlineData("Profiles:0:SlowTimeout", "00:10:01")]
    [InlineData("Profiles:0:ReceiptTemplate", "Paid {sum}")]
    [InlineData("Profiles:0:ReceiptTemplate", "Paid {amount")]
    [InlineData("Profiles:0:RecordUrl", "http://gateway.example.com/{confirmation}")]
    [InlineData("Profiles:0:RecordUrl", "https://{reference}.example.com/")]
    [InlineData("Profiles:0:RecordUrl", "https://user@gateway.example.com/{payment}")]
    [InlineData("Profiles:0:RecordUrl", "https://gateway.example.com/{card}")]
    [InlineData("Profiles:0:RecordUrl", "javascript:alert(1)")]
    [InlineData("Receipts:From", "+061")]
    [InlineData("Receipts:From", "A name that is too long")]
    [InlineData("Receipts:MessagingServiceSid", "SK00000000000000000000000000000000")]
    public void Validate_WithAWrongValue_NamesItsKeyAndWhatIsAccepted(string key, string value)
    {
        var failure = Should.Throw<OptionsValidationException>(() =>
            Read(new() { ["Profiles:0:Attempts"] = "1", [key] = value })).Failures.First();

        failure.ShouldStartWith($"Payments:{key} ");
        failure.ShouldMatch("Example: |Accepted: | must be between ");
    }

    [Fact]
    public void Validate_WithSeveralWrongValues_TellsAllAtOnce()
    {
        var failures = Should.Throw<OptionsValidationException>(() =>
            Read(new() { ["CaptureWindow"] = "0", ["Profiles:0:Currency"] = "1", ["Profiles:1:Attempts"] = "0" })).Failures;

        // Both profiles are named Default, as a profile without a name is.
        failures.Count().ShouldBe(4);
    }

    [Fact]
    public void Profiles_WithoutAny_AreTheDefaultOne()
    {
        var profile = new PaymentProfiles(Options.Create(Read([]))).All.ShouldHaveSingleItem();

        (profile.Name, profile.Connector, profile.Currency).ShouldBe(("Default", "Default", "USD"));
        PaymentProfiles.FieldsOf(profile).ShouldBe(APayment.Card);
    }

    [Fact]
    public void Profiles_OfAConnectorList_AreOneEach()
    {
        var profiles = new PaymentProfiles(Options.Create(Read(new() { ["Connectors"] = "Default, PGP_MOCK,,EuroOnly " })));

        profiles.All.Select(p => (p.Name, p.Connector))
            .ShouldBe([("Default", "Default"), ("PGP_MOCK", "PGP_MOCK"), ("EuroOnly", "EuroOnly")]);
        profiles.Find("pgp_mock")!.Connector.ShouldBe("PGP_MOCK");
        profiles.Find("").ShouldBe(profiles.All[0]);
        profiles.Find("none").ShouldBeNull();
    }

    [Fact]
    public void FieldsOf_WithFieldsToEnterTwice_PutsEachMatcherBehindItsField()
    {
        PaymentProfile profile = new() { CaptureOrder = "payment-card-number, security-code,expiration-date",
            RequireMatchingInputs = "security-code,payment-card-number" };

        PaymentProfiles.FieldsOf(profile).ShouldBe(
            [CaptureField.PaymentCardNumber, CaptureField.PaymentCardNumberMatcher, CaptureField.SecurityCode,
                CaptureField.SecurityCodeMatcher, CaptureField.ExpirationDate]);
    }

    [Theory]
    [InlineData("USD", "10.5", null)]
    [InlineData("USD", "0", null)]
    [InlineData("JPY", "600", null)]
    [InlineData("KWD", "1.234", null)]
    [InlineData("JPY", "2.5", "amount-decimals")]
    [InlineData("KWD", "1.2345", "amount-decimals")]
    [InlineData("USD", "-1", "amount-not-positive")]
    [InlineData("USD", "500.01", "amount-too-large")]
    [InlineData("KWD", "499", "amount-too-large")]
    [InlineData("EUR", "5", "currency-without-limit")]
    [InlineData("Dollars", "5", "currency-invalid")]
    public void Plan_OfAnAmount_KnowsTheRulesOfItsCurrencyAndProfile(string currency, string amount, string? problem)
    {
        var planner = Planner(NullLogger<PaymentPlanner>.Instance,
            new() { ["Profiles:0:MaxAmount"] = "500", ["Profiles:0:MaxAmount:KWD"] = "150.5", ["Profiles:0:MaxAmount:jpy"] = "70000" });
        var order = new PaymentOrder(default, Amount: decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture),
            Currency: currency);

        var (plan, refused) = planner.Plan(order);

        refused?.Code.ShouldBe(problem);
        (plan is null).ShouldBe(problem is not null);
        if (plan is not null) (plan.TokenType is null).ShouldBe(plan.Charges);
    }

    [Theory]
    [InlineData("Profiles:0:TokenType", "one-time", "TokenType OneTime")]
    [InlineData("Profiles:0:TokenType", "ONE_TIME", "TokenType OneTime")]
    [InlineData("Profiles:0:TokenType", "PaymentMethod", "TokenType PaymentMethod")]
    [InlineData("Profiles:0:PaymentMethod", "ach-debit", "PaymentMethod AchDebit")]
    [InlineData("Profiles:0:BankAccountType", "commercial-checking", "BankAccountType CommercialChecking")]
    [InlineData("Profiles:0:Timeout", "10", "Timeout 00:00:10")]
    [InlineData("Profiles:0:Timeout", "10s", "Timeout 00:00:10")]
    [InlineData("Profiles:0:Timeout", "2m", "Timeout 00:02:00")]
    [InlineData("Profiles:0:Timeout", "00:00:10", "Timeout 00:00:10")]
    [InlineData("Profiles:0:Confirmation", "yes", "Confirmation True")]
    [InlineData("Profiles:0:Confirmation", "No", "Confirmation False")]
    [InlineData("Profiles:0:Attempts", "3", "Attempts 3")]
    [InlineData("Profiles:0:ValidCardTypes", "visa,Diners-Club", "ValidCardTypes visa,Diners-Club")]
    [InlineData("Profiles:0:CaptureOrder:0", "payment-card-number", "CaptureOrder payment-card-number,expiration-date")]
    public void Read_OfASpellingThatPeopleUse_IsTaken(string key, string value, string expected)
    {
        var settings = new Dictionary<string, string?> { [key] = value };
        if (key.EndsWith(":0", StringComparison.Ordinal)) settings[key[..^1] + "1"] = "expiration-date";

        var profile = Read(settings).Profiles.ShouldHaveSingleItem();

        var name = expected.Split(' ')[0];
        string.Create(CultureInfo.InvariantCulture, $"{name} {typeof(PaymentProfile).GetProperty(name)!.GetValue(profile)}")
            .ShouldBe(expected);
    }

    [Theory]
    [InlineData("Profiles:0:TokenType", "once", "one-time, reusable, payment-method")]
    [InlineData("Profiles:0:TokenType", "1", "one-time, reusable, payment-method")]
    [InlineData("Profiles:0:PaymentMethod", "cheque", "credit-card, ach-debit")]
    [InlineData("Profiles:0:Timeout", "soon", "10s")]
    [InlineData("Profiles:0:Timeout", "1.5", "10s")]
    [InlineData("Profiles:0:MaxAmount", "500,50EUR", "500.50")]
    [InlineData("Profiles:0:MaxAmount", "500,50", "500.50")]
    [InlineData("Profiles:0:MaxAmount:EUR", "1.000,00", "500.50")]
    [InlineData("Profiles:0:Confirmation", "maybe", "true, false, yes or no")]
    [InlineData("Profiles:0:Attempts", "two", "a whole number")]
    [InlineData("CaptureWindow", "five minutes", "5m")]
    public void Read_OfAnUnreadableValue_StopsTheStartWithKeyValueAndWhatIsAccepted(string key, string value, string accepted)
    {
        var failure = Should.Throw<OptionsValidationException>(() => Read(new() { [key] = value })).Failures.First();

        failure.ShouldStartWith($"Payments:{key} ");
        failure.ShouldContain(accepted);
        failure.ShouldContain($"'{value}'");
    }

    [Theory]
    [InlineData("Profiles:0:MaxAmount:Euros", "5", "Profiles:0:MaxAmount has a limit for 'Euros'. Accepted: the three letters")]
    [InlineData("Profiles:0:Curency", "EUR", "Profiles:0:Curency is not a setting. Accepted: Name, Connector, Currency, ")]
    [InlineData("Profiles:0:Timeout:Seconds", "10", "Profiles:0:Timeout must be a single value. Accepted: seconds such as 10")]
    [InlineData("Profiles:0", "Shop", "Profiles:0 must be a section. Accepted: Name, Connector, ")]
    [InlineData("Profiles", "Shop", "Profiles must be a list. Accepted: Profiles:0, ")]
    [InlineData("Profile:0:Name", "Shop", "Profile is not a setting. Accepted: Profiles, Connectors, ")]
    public void Read_OfAnUnknownKey_StopsTheStartWithWhatIsAccepted(string key, string value, string words) =>
        Should.Throw<OptionsValidationException>(() => Read(new() { [key] = value })).Failures.First().ShouldStartWith("Payments:" + words);

    [Fact]
    public void Read_WithTwoLimitsOfOneCurrency_Refuses()
    {
        var failure = Should.Throw<OptionsValidationException>(() =>
            Read(new() { ["Profiles:0:MaxAmount"] = "500", ["Profiles:0:MaxAmount:USD"] = "600" })).Failures.ShouldHaveSingleItem();

        failure.ShouldStartWith("Payments:Profiles:0:MaxAmount is 500");
    }

    [Fact]
    public void OfConnector_WithConfiguredProfiles_GivesNoOtherConnectorsProfile()
    {
        var profiles = new PaymentProfiles(Options.Create(Read(new() { ["Connectors"] = "Default,PGP_MOCK" })));

        (profiles.OfConnector(null)!.Name, profiles.OfConnector("PGP_MOCK")!.Name, profiles.OfConnector("Other"))
            .ShouldBe(("Default", "PGP_MOCK", null));
        new PaymentProfiles(Options.Create(Read([]))).OfConnector("Other")!.Name.ShouldBe("Default");
    }

    [Theory]
    [InlineData("description")]
    [InlineData("reference")]
    [InlineData("profile")]
    [InlineData("currency")]
    [InlineData("connector")]
    public void Plan_WithACardNumberTypedAsText_RefusesAndLogsWithoutRepeatingIt(string field)
    {
        var log = new KeptLog();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(log));
        string? In(string name) => name == field ? "it is 4111 1111 1111 1111" : null;

        var (plan, refused) = Planner(logs.CreateLogger<PaymentPlanner>(), []).Plan(
            new(default, Profile: In("profile"), Currency: In("currency"), Description: In("description"),
                Reference: In("reference")) { Connector = In("connector") });

        plan.ShouldBeNull();
        refused!.Code.ShouldBe("card-number-in-text");
        refused.Words.ShouldContain(field);
        refused.Words.ShouldNotContain("1111");
        log.Lines.ShouldHaveSingleItem().ShouldBe($"Error: Payment refused: a card number was entered as its {field} ");
    }

    [Theory]
    [InlineData("description", true)]
    [InlineData("reference", true)]
    [InlineData("connector", false)]
    public void Plan_OfANumberThatTheAgentSaysIsNoCard_IsMadeAndRecorded(string field, bool isTaken)
    {
        string? In(string name) => name == field ? "4000000000000002" : null;

        var (plan, refused) = Planner(NullLogger<PaymentPlanner>.Instance, []).Plan(new(default, Description: In("description"),
            Reference: In("reference")) { Connector = In("connector"), IsConfirmedNoCard = true });

        (plan?.IsConfirmedNoCard, refused?.Code).ShouldBe(isTaken ? (true, null) : (null, PaymentPlanner.CardNumberInText));
        if (plan is not null) HistoryRecord.Of(APayment.Starting(plan)).IsConfirmedNoCard.ShouldBeTrue();
    }

    [Fact]
    public void Plan_WithATelephoneNumberInText_IsMade() =>
        Planner(NullLogger<PaymentPlanner>.Instance, []).Plan(new(default, Description: "call back on +4915123456786")).Plan
            .ShouldNotBeNull();

    private static PaymentPlanner Planner(ILogger<PaymentPlanner> log, Dictionary<string, string?> settings) =>
        new(new(Options.Create(Read(settings))), log);

    private static PaymentsOptions Read(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => $"Payments:{s.Key}", s => s.Value))
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging();
        services.AddPayments();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<PaymentsOptions>>().Value;
    }
}
