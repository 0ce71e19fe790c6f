using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Tests.Sandbox.Pay;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Phone;

/// <summary>Automatic typing of the fields on the handset.</summary>
public sealed class TypistTests(PayBench bench) : IClassFixture<PayBench>
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(120);

    [Theory]
    [InlineData("4111111111111111", "xxxxxxxxxxxx1111", "xxx")]
    [InlineData("378282246310005", "xxxxxxxxxxx0005", "xxxx")]
    [InlineData("6771798021000008", "xxxxxxxxxxxx0008", "xxx")]
    public async Task All_OfACard_IsTypedAsItIsAskedUntilThePaymentEnds(string number, string shown, string code)
    {
        var call = await bench.ACallAsync();
        using var window = await PhoneWindow.OpenAsync(bench.Sandbox);
        await TypeOkAsync(call, new { number, all = true });
        await call.StartAsync("ChargeAmount=1", "MinPostalCodeLength=7", "ValidCardTypes=visa amex maestro");

        foreach (var field in (string[])["payment-card-number", "expiration-date", "security-code", "postal-code"])
            await CaptureAsync(call, field);
        var end = await call.CompleteAsync();

        end["Result"].ShouldBe("success");
        end["PaymentCardNumber"].ShouldBe(shown);
        end["ExpirationDate"].ShouldBe("1229");
        end["SecurityCode"].ShouldBe(code);
        end["PaymentCardPostalCode"].ShouldBe("9411100");
        await window.CallAsync(state => PaymentOf(state, "result") == "success"
            && state.GetProperty("typing").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task All_OfABankAccount_IsTyped()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("ChargeAmount=1", "PaymentMethod=ach-debit", "Parameter={\"AVSName\":\"A\"}");
        await TypeOkAsync(call, new { number = "12345678", all = true });

        await CaptureAsync(call, "bank-routing-number");
        await CaptureAsync(call, "bank-account-number");

        (await call.CompleteAsync())["Result"].ShouldBe("success");
    }

    [Fact]
    public async Task All_WithSecondEntriesAndAConfirmation_IsTyped()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("ChargeAmount=1", "PostalCode=false", "SecurityCode=false", "RequireMatchingInputs=payment-card-number",
            "Confirmation=true");
        await TypeOkAsync(call, new { number = PayCall.Visa, all = true });

        foreach (var field in (string[])["payment-card-number", "payment-card-number-matcher", "expiration-date"])
            await CaptureAsync(call, field);

        (await call.CompleteAsync())["Result"].ShouldBe("success");
    }

    [Fact]
    public async Task Field_TypedAtHumanSpeed_TakesTheGapBetweenTwoKeys()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false");
        await call.UpdateOkAsync("Capture=payment-card-number");
        await call.NextAsync();

        await TypeOkAsync(call, new { number = PayCall.Visa, gapMs = 120 });
        for (var keys = 1; keys < 16; keys++)
        {
            (await call.NextAsync())["PaymentCardNumber"].ShouldBe(new string('x', keys));
            await bench.Clock.TimerAsync(Gap);
            bench.Clock.Advance(Gap);
        }

        (await call.NextAsync())["PaymentCardNumber"].ShouldBe("xxxxxxxxxxxx1111");
    }

    [Theory]
    [InlineData("payment-card-number", "invalid-card-number")]
    [InlineData("expiration-date", "invalid-date")]
    [InlineData("security-code", "invalid-security-code")]
    [InlineData("postal-code", "invalid-postal-code")]
    public async Task Field_Mistyped_IsRefusedWithItsOwnErrorAndShownSo(string field, string error)
    {
        var call = await bench.ACallAsync();
        using var window = await PhoneWindow.OpenAsync(bench.Sandbox);
        await call.StartAsync("MinPostalCodeLength=4");
        if (field != "payment-card-number") await call.EnterAsync("payment-card-number", PayCall.Visa);
        await call.UpdateOkAsync("Capture=" + field);
        await call.NextAsync();

        await TypeOkAsync(call, new { mistyped = true });

        (await call.NextAsync(callback => callback["PartialResult"] is null))["ErrorType"].ShouldBe(error);
        await window.CallAsync(state => PaymentOf(state, "problem") == error && PaymentOf(state, "field") is null);
    }

    [Theory]
    [InlineData("bank-routing-number", "invalid-bank-routing-number")]
    [InlineData("bank-account-number", "invalid-bank-account-number")]
    public async Task BankField_Mistyped_IsRefusedWithItsOwnError(string field, string error)
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("ChargeAmount=1", "PaymentMethod=ach-debit", "Parameter={\"AVSName\":\"A\"}");
        await call.UpdateOkAsync("Capture=" + field);
        await call.NextAsync();

        await TypeOkAsync(call, new { mistyped = true });

        (await call.NextAsync(callback => callback["PartialResult"] is null))["ErrorType"].ShouldBe(error);
    }

    [Theory]
    [InlineData("PaymentMethod=credit-card", "payment-card-number", "12345678", "The agent asked for a card")]
    [InlineData("PaymentMethod=ach-debit", "bank-account-number", PayCall.Visa, "The agent asked for a bank account")]
    public async Task Field_OfTheOtherKind_IsRefusedInWords(string method, string field, string number, string words)
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("ChargeAmount=1", method, "Parameter={\"AVSName\":\"A\"}");
        await call.UpdateOkAsync("Capture=" + field);

        await RefusedAsync(call, new { number, all = true }, words);
    }

    [Fact]
    public async Task Field_ThatIsNotAskedFor_IsRefusedInWords()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync();

        await RefusedAsync(call, new { number = PayCall.Visa }, "No field is requested");
    }

    [Fact]
    public async Task Typing_WhileKeysAreOnTheirWay_IsRefusedAndStopEndsIt()
    {
        var call = await bench.ACallAsync();
        using var window = await PhoneWindow.OpenAsync(bench.Sandbox);
        await call.StartAsync();
        await call.UpdateOkAsync("Capture=payment-card-number");
        await TypeOkAsync(call, new { number = PayCall.Visa, gapMs = 120 });
        await window.CallAsync(state => PaymentOf(state, "field") is not null && state.GetProperty("payment").GetProperty("keys")
            .GetInt32() == 1);

        await RefusedAsync(call, new { number = PayCall.Amex }, "An entry is in progress");
        using (await PostAsync(call, "stop", new { }))
        {
            await window.CallAsync(state => state.GetProperty("typing").ValueKind == JsonValueKind.Null);
        }

        await call.PressAsync("#");
        (await call.NextAsync(callback => callback["ErrorType"] is not null))["ErrorType"].ShouldBe("invalid-card-number");
    }

    [Fact]
    public async Task Typing_ThatWaitsToBeAsked_GivesWayToAnotherCard()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync();
        await TypeOkAsync(call, new { number = PayCall.Visa, all = true });
        await TypeOkAsync(call, new { number = PayCall.Amex, all = true });

        (await CaptureAsync(call, "payment-card-number"))["PaymentCardNumber"].ShouldBe("xxxxxxxxxxx0005");
    }

    [Fact]
    public async Task Typing_OfAFieldThatIsAskedAgain_BeginsAnew()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync();
        await call.UpdateOkAsync("Capture=payment-card-number");
        await TypeOkAsync(call, new { number = PayCall.Visa, all = true, gapMs = 120 });
        await call.NextAsync(callback => callback["PartialResult"] == "true");

        await call.UpdateOkAsync("Capture=payment-card-number");
        // The gap in which the field is asked again, and those between the sixteen keys after it.
        for (var gap = 0; gap < 16; gap++)
        {
            await bench.Clock.TimerAsync(Gap);
            bench.Clock.Advance(Gap);
        }

        await call.NextAsync(callback => callback["PaymentCardNumber"] == "xxxxxxxxxxxx1111");
        call.Received.ShouldAllBe(callback => callback["ErrorType"] == null);
    }

    [Fact]
    public async Task Typing_WhenTheCustomerHangsUp_Ends()
    {
        // The window shows this call after its end only if no other goes on.
        await bench.Sandbox.Control.ResetAsync();
        var call = await bench.ACallAsync();
        using var window = await PhoneWindow.OpenAsync(bench.Sandbox);
        await TypeOkAsync(call, new { number = PayCall.Visa, all = true });
        await window.CallAsync(state => state.GetProperty("typing").ValueKind == JsonValueKind.Object);

        await call.HangUpAsync();

        await window.CallAsync(state => !state.GetProperty("isLive").GetBoolean()
            && state.GetProperty("typing").ValueKind == JsonValueKind.Null);
    }

    /// <summary>Asks for a field and reads on to the callback that ends it.</summary>
    private static async Task<ReceivedWebhook> CaptureAsync(PayCall call, string field)
    {
        await call.UpdateOkAsync("Capture=" + field);
        await call.NextAsync(callback => callback["Capture"] == field);
        var end = await call.NextAsync(callback => callback["PartialResult"] is null);
        end["ErrorType"].ShouldBeNull();
        return end;
    }

    private static string? PaymentOf(JsonElement call, string name) =>
        call.GetProperty("payment") is { ValueKind: JsonValueKind.Object } payment ? payment.GetProperty(name).GetString() : null;

    private async Task TypeOkAsync(PayCall call, object body)
    {
        using var answer = await PostAsync(call, "type", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    private async Task RefusedAsync(PayCall call, object body, string words)
    {
        using var answer = await PostAsync(call, "type", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(words);
    }

    private Task<HttpResponseMessage> PostAsync(PayCall call, string verb, object body) =>
        bench.Sandbox.Anonymous.PostAsJsonAsync($"sandbox/phone/calls/{call.CallSid}/{verb}", body);
}
