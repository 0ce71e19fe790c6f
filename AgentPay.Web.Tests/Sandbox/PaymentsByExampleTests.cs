using System.Text.RegularExpressions;
using AgentPay.Web.Tests.Sandbox.Pay;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.Tests.Sandbox;

/// <summary>
/// What the sandbox is for, by example. Telephones are moved by the control API, the agent's side speaks to the Payments API, and the
/// callbacks
/// that reach the owner's server tell the story.
/// </summary>
public sealed partial class PaymentsByExampleTests : IAsyncLifetime
{
    private const string Visa = "PaymentCardNumber=xxxxxxxxxxxx1111 PaymentCardType=visa";

    private readonly PayBench _bench = new();

    [Fact]
    public async Task Charge_OnACallThatCameIn()
    {
        var call = await _bench.ACallAsync();
        await call.StartAsync("ChargeAmount=9.99", "Currency=AUD", "PostalCode=false");
        await call.EnterAsync("payment-card-number", "4111111111111111");
        await call.EnterAsync("expiration-date", "1230");
        await call.EnterAsync("security-code", "123");
        await call.CompleteAsync();

        Story(call).ShouldBe(
        [
            "PaymentConnector=Default ChargeAmount=9.99",
            "Capture=payment-card-number Required=payment-card-number,expiration-date,security-code",
            "15 keys",
            $"Capture=payment-card-number {Visa} Required=expiration-date,security-code",
            $"Capture=expiration-date {Visa} Required=expiration-date,security-code",
            "3 keys",
            $"Capture=expiration-date {Visa} ExpirationDate=1230 Required=security-code",
            $"Capture=security-code {Visa} ExpirationDate=1230 Required=security-code",
            "2 keys",
            $"Capture=security-code {Visa} ExpirationDate=1230 SecurityCode=xxx Required=",
            $"Result=success {Visa} ExpirationDate=1230 SecurityCode=xxx PaymentToken= PaymentConfirmationCode=ch_* ProfileId=",
        ]);
        (await GatewayAsync()).ShouldBe("charges 1, tokens 0, declines 0, duplicates 0");
        (await ApiRequestsAsync()).ShouldBe(5);
    }

    [Fact]
    public async Task Charge_OnACallThatThePbxMade_IsTypedOnTheCustomersLeg()
    {
        var call = await PayCall.DialOutAsync(_bench);
        var pbx = (await _bench.Sandbox.Control.ShowAsync(call.CallSid)).GetProperty("parentSid").GetString()!;
        await call.StartAsync("ChargeAmount=20", "PostalCode=false", "SecurityCode=false");
        await call.UpdateOkAsync("Capture=payment-card-number");
        await _bench.Sandbox.Control.PressAsync(pbx, "5555555555554444");
        await call.PressAsync("5555555555554444");
        await call.EnterAsync("expiration-date", "1230");
        await call.CompleteAsync();

        Story(call).ShouldContain("15 keys");
        Story(call)[^1]
            .ShouldBe("Result=success PaymentCardNumber=xxxxxxxxxxxx4444 PaymentCardType=mastercard ExpirationDate=1230 PaymentToken= PaymentConfirmationCode=ch_* ProfileId=");
        (await GatewayAsync()).ShouldBe("charges 1, tokens 0, declines 0, duplicates 0");
    }

    [Fact]
    public async Task Token_OfACardWithItsPostalCode()
    {
        var call = await _bench.ACallAsync();
        await call.StartAsync("TokenType=reusable");
        await call.EnterCardAsync();
        await call.EnterAsync("postal-code", "94111#");
        await call.CompleteAsync();

        Story(call)[0].ShouldBe("PaymentConnector=Default TokenType=reusable");
        Story(call)[^1].ShouldBe(
            $"Result=success {Visa} ExpirationDate=1230 SecurityCode=xxx PaymentCardPostalCode=94111 PaymentToken=tok_* PaymentConfirmationCode= ProfileId=*");
        (await GatewayAsync()).ShouldBe("charges 0, tokens 1, declines 0, duplicates 0");
    }

    [Fact]
    public async Task Charge_ThatTheBankDeclines()
    {
        var call = await _bench.ACallAsync();
        await call.StartWithCardAsync("4000000000000002", "ChargeAmount=9.99");
        await call.CompleteAsync();

        Story(call)[^1].ShouldBe(
            "Result=payment-connector-error PaymentCardNumber=xxxxxxxxxxxx0002 PaymentCardType=visa ExpirationDate=1230 SecurityCode=xxx "
            + "PaymentError=Your card was declined. PayErrorCode=64008 ConnectorError=card_declined");
        (await GatewayAsync()).ShouldBe("charges 0, tokens 0, declines 1, duplicates 0");
    }

    [Fact]
    public async Task Charge_WithANumberThatIsMistypedAndAskedAgain()
    {
        var call = await _bench.ACallAsync();
        await call.StartAsync("ChargeAmount=9.99", "PostalCode=false");
        await call.EnterAsync("payment-card-number", "4111111111111112");
        await call.EnterCardAsync();
        await call.CompleteAsync();

        Story(call)[1..6].ShouldBe(
        [
            "Capture=payment-card-number Required=payment-card-number,expiration-date,security-code",
            "15 keys",
            "Capture=payment-card-number ErrorType=invalid-card-number Required=payment-card-number,expiration-date,security-code",
            "Capture=payment-card-number Required=payment-card-number,expiration-date,security-code",
            "15 keys",
        ]);
        (await GatewayAsync()).ShouldBe("charges 1, tokens 0, declines 0, duplicates 0");
    }

    [Fact]
    public async Task Charge_ThatTheCustomerHangsUpOn()
    {
        var call = await _bench.ACallAsync();
        await call.StartWithCardAsync(PayCall.Visa, "ChargeAmount=9.99");
        await call.HangUpAsync();
        await call.NextAsync();

        Story(call)[^1].ShouldBe($"Result=caller-hung-up {Visa} ExpirationDate=1230 SecurityCode=xxx");
        (await call.UpdateAsync("Status=complete")).Code.ShouldBe(64021);
        (await GatewayAsync()).ShouldBe("charges 0, tokens 0, declines 0, duplicates 0");
    }

    [Fact]
    public async Task Charge_ThatTheCustomerEndsWithTheStar_LeavesTheCallUp()
    {
        var call = await _bench.ACallAsync();
        await call.StartAsync("ChargeAmount=9.99");
        await call.UpdateOkAsync("Capture=payment-card-number");
        await call.PressAsync("4111*");

        Story(call)[2..].ShouldBe(["4 keys", "Result=caller-interrupted-with-star"]);
        (await _bench.Sandbox.Control.StatusAsync(call.CallSid)).ShouldBe("in-progress");
        (await GatewayAsync()).ShouldBe("charges 0, tokens 0, declines 0, duplicates 0");
    }

    public Task InitializeAsync() => _bench.InitializeAsync();

    public Task DisposeAsync() => _bench.DisposeAsync();

    /// <summary>
    /// The callbacks of a payment, each genuine and later than the one before, without what all of them carry and what differs each time;
    /// those of single keys are only counted.
    /// </summary>
    private static List<string> Story(PayCall call)
    {
        call.Received.ShouldAllBe(callback => IsGenuine(callback) && callback["Sid"] == call.PaymentSid
            && callback["CallSid"] == call.CallSid);
        var dates = call.Received.Select(callback => callback["DateCreated"] ?? callback["DateUpdated"]!).ToList();
        dates.ShouldBe(dates.Order(StringComparer.Ordinal).Distinct());
        var story = new List<string>();
        var keys = 0;
        foreach (var callback in call.Received)
        {
            if (callback["PartialResult"] == "true") keys++;
            if (keys > 0 && callback["PartialResult"] is null) story.Add($"{keys} keys");
            if (callback["PartialResult"] is not null) continue;
            keys = 0;
            story.Add(Line(callback));
        }
        return story;
    }

    private static string Line(ReceivedWebhook callback)
    {
        string[] common = ["AccountSid", "CallSid", "Sid", "PaymentMethod", "DateCreated", "DateUpdated"];
        var fields = callback.Form.Where(field => !common.Contains(field.Key)).Select(field => $"{field.Key}={field.Value}");
        return Ids().Replace(string.Join(' ', fields), "*");
    }

    private static bool IsGenuine(ReceivedWebhook callback) => SignatureVerdict.Valid == RequestSignature.Verify(
        callback.Url, callback.Form.Select(field => KeyValuePair.Create(field.Key, new StringValues(field.Value))),
        callback.Header(RequestSignature.Header), SandboxApp.AuthToken);

    private async Task<string> GatewayAsync() =>
        string.Join(", ", (await _bench.Sandbox.Control.StatsAsync("gateway")).EnumerateObject()
            .Select(count => $"{count.Name} {count.Value}"));

    private async Task<int> ApiRequestsAsync() => (await _bench.Sandbox.Control.StatsAsync("api")).GetProperty("requests").GetInt32();

    [GeneratedRegex("(?<=_)[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Ids();
}
