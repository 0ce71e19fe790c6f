using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>Captures that fail and are repeated.</summary>
public sealed class CaptureTests(PayBench bench) : IClassFixture<PayBench>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("4111111111111112", "invalid-card-number")]
    [InlineData("411111#", "invalid-card-number")]
    [InlineData("#", "invalid-card-number")]
    [InlineData("6011111111111117", "invalid-card-type")]
    [InlineData("9999999999999995#", "invalid-card-type")]
    [InlineData("4000000000000804", "internal-error")]
    public async Task CardNumber_ThatCannotBe_IsRefusedAndStaysRequired(string keys, string errorType)
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false", "SecurityCode=false");

        var end = await call.EnterAsync("payment-card-number", keys);

        end["ErrorType"].ShouldBe(errorType);
        end["Required"].ShouldBe("payment-card-number,expiration-date");
        end["PaymentCardNumber"].ShouldBeNull();
    }

    [Theory]
    [InlineData("expiration-date", "1026", "invalid-date")]
    [InlineData("expiration-date", "1330", "invalid-date")]
    [InlineData("expiration-date", "12#", "invalid-date")]
    [InlineData("security-code", "12#", "invalid-security-code")]
    [InlineData("postal-code", "941#", "invalid-postal-code")]
    public async Task Field_ThatCannotBe_IsRefusedWithItsOwnError(string field, string keys, string errorType)
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("MinPostalCodeLength=5");
        await call.EnterAsync("payment-card-number", PayCall.Visa);

        var end = await call.EnterAsync(field, keys);

        end["ErrorType"].ShouldBe(errorType);
        end["Capture"].ShouldBe(field);
        end["Required"].ShouldBe("expiration-date,security-code,postal-code");
    }

    [Theory]
    [InlineData("bank-routing-number", "021000022", "invalid-bank-routing-number")]
    [InlineData("bank-routing-number", "000000000", "invalid-bank-routing-number")]
    [InlineData("bank-routing-number", "0210#", "invalid-bank-routing-number")]
    [InlineData("bank-account-number", "123#", "invalid-bank-account-number")]
    [InlineData("bank-account-number", "11112222#", "invalid-bank-account-type")]
    public async Task BankDetail_ThatCannotBe_IsRefusedWithItsOwnError(string field, string keys, string errorType)
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PaymentMethod=ach-debit", "Parameter={\"AVSName\":\"Ann\"}");

        (await call.EnterAsync(field, keys))["ErrorType"].ShouldBe(errorType);
    }

    [Theory]
    [InlineData("payment-card-number", "41111111", "input-timeout")]
    [InlineData("payment-card-number", "41111111111111", "invalid-card-number")]
    [InlineData("expiration-date", "123", "input-timeout")]
    [InlineData("postal-code", "94", "input-timeout")]
    public async Task Pause_LongerThanTheTimeout_JudgesWhatWasTyped(string field, string keys, string errorType)
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("MinPostalCodeLength=3");
        await call.UpdateOkAsync("Capture=" + field);
        await call.PressAsync(keys);
        bench.Clock.Advance(Timeout);

        (await call.NextAsync(callback => callback["ErrorType"] is not null))["ErrorType"].ShouldBe(errorType);
    }

    [Fact]
    public async Task Pause_AfterAGoodPostalCode_EndsTheEntry()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("MinPostalCodeLength=4", "Timeout=2");
        await call.UpdateOkAsync("Capture=postal-code");
        await call.PressAsync("2000");
        bench.Clock.Advance(TimeSpan.FromSeconds(2));

        var end = await call.NextAsync(callback => callback["Required"] == "payment-card-number,expiration-date,security-code");
        end["PaymentCardPostalCode"].ShouldBe("2000");
    }

    [Fact]
    public async Task Pause_BeforeTheFirstKey_NeverEndsTheEntry()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false");
        await call.UpdateOkAsync("Capture=expiration-date");
        await call.NextAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        await call.PressAsync("1230");

        (await call.NextAsync(callback => callback["PartialResult"] is null))["ExpirationDate"].ShouldBe("1230");
    }

    [Fact]
    public async Task Pause_ShorterThanTheTimeoutAfterEachKey_DoesNotEndTheEntry()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false");
        await call.UpdateOkAsync("Capture=expiration-date");
        await call.NextAsync();
        foreach (var key in "123")
        {
            await call.PressAsync(key.ToString());
            (await call.NextAsync())["PartialResult"].ShouldBe("true");
            bench.Clock.Advance(Timeout - TimeSpan.FromMilliseconds(1));
        }
        await call.PressAsync("0");

        (await call.NextAsync())["ErrorType"].ShouldBeNull();
    }

    [Fact]
    public async Task SecurityCode_BeforeTheCardNumber_FailsByCallbackAndCapturesNothing()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false");
        await call.UpdateOkAsync("Capture=security-code");

        var refused = await call.NextAsync();
        await call.PressAsync("123");
        await call.UpdateOkAsync("Capture=payment-card-number");

        refused["ErrorType"].ShouldBe("invalid-card-number-security-code-capture-sequence");
        refused["Capture"].ShouldBe("security-code");
        (await call.NextAsync())["Capture"].ShouldBe("payment-card-number");
    }

    [Fact]
    public async Task Fields_InAnotherOrder_AreAllCaptured()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync();
        await call.EnterAsync("postal-code", "94111#");
        await call.EnterAsync("expiration-date", "1230");
        await call.EnterAsync("payment-card-number", PayCall.Visa);

        (await call.EnterAsync("security-code", "123"))["Required"].ShouldBe("");
    }

    [Fact]
    public async Task SecurityCode_OfAnAmexCard_HasFourDigits()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false");
        await call.EnterAsync("payment-card-number", PayCall.Amex);

        var done = await call.EnterAsync("security-code", "1234");

        done["SecurityCode"].ShouldBe("xxxx");
        done["PaymentCardNumber"].ShouldBe("xxxxxxxxxxx0005");
        done["PaymentCardType"].ShouldBe("amex");
    }

    [Fact]
    public async Task Recapture_OfADoneField_DropsItsValueAndAsksAgain()
    {
        var call = await bench.ACallAsync();
        await call.StartWithCardAsync(PayCall.Visa);
        await call.UpdateOkAsync("Capture=expiration-date");

        var asked = await call.NextAsync();
        asked["Required"].ShouldBe("expiration-date");
        asked["ExpirationDate"].ShouldBeNull();
        await call.PressAsync("0131");
        (await call.NextAsync(callback => callback["PartialResult"] is null))["ExpirationDate"].ShouldBe("0131");
    }

    [Fact]
    public async Task Recapture_WithACardOfAnotherBrand_AsksForTheSecurityCodeAgain()
    {
        var call = await bench.ACallAsync();
        await call.StartWithCardAsync(PayCall.Visa);

        var done = await call.EnterAsync("payment-card-number", PayCall.Amex);

        done["Required"].ShouldBe("security-code");
        done["SecurityCode"].ShouldBeNull();
    }

    [Fact]
    public async Task Capture_OfAnotherFieldInMidEntry_DiscardsWhatWasTyped()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false");
        await call.UpdateOkAsync("Capture=payment-card-number");
        await call.PressAsync("4111");
        await call.UpdateOkAsync("Capture=expiration-date");

        var asked = await call.NextAsync(callback => callback["Capture"] == "expiration-date");
        asked["PaymentCardNumber"].ShouldBeNull();
        bench.Clock.Advance(Timeout);
        await call.PressAsync("1");
        (await call.NextAsync())["ExpirationDate"].ShouldBe("1");
    }

    [Fact]
    public async Task Capture_SentAgainUnderItsKeyInMidEntry_KeepsWhatWasTyped()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false");
        await call.UpdateOkAsync("Capture=payment-card-number", "IdempotencyKey=once");
        await call.PressAsync(PayCall.Visa[..1]);
        await call.UpdateOkAsync("Capture=payment-card-number", "IdempotencyKey=once", $"StatusCallback={call.CallbackUrl}?again");
        await call.PressAsync(PayCall.Visa[1..]);

        (await call.NextAsync(callback => callback["PartialResult"] is null
            && callback["PaymentCardNumber"] is not null))["PaymentCardNumber"].ShouldBe("xxxxxxxxxxxx1111");
    }

    [Fact]
    public async Task Keys_RightAfterTheAnswerToACapture_AllCount()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false");
        for (var round = 0; round < 50; round++)
        {
            await call.UpdateOkAsync("Capture=payment-card-number");
            await call.PressAsync(PayCall.Visa);

            var told = new List<ReceivedWebhook> { await call.NextAsync() };
            while (told[^1]["PartialResult"] is not null || told.Count == 1) told.Add(await call.NextAsync());
            (round, told.Count, told[^1]["ErrorType"], told[^1]["PaymentCardNumber"]).ShouldBe((round, 17, null, "xxxxxxxxxxxx1111"));
        }
    }

    // The entry must not wait for what the capture reports: here its callback takes longer than the caller does.
    [Fact]
    public async Task Keys_BeforeTheCallbackOfTheCaptureIsDelivered_AllCount()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false");
        await bench.Sandbox.Control.SetFaultsAsync(new { callbackDelayMs = 5_000 });
        await call.UpdateOkAsync("Capture=payment-card-number");
        await bench.Sandbox.Control.SetFaultsAsync(new { });
        var pressing = call.PressAsync(PayCall.Visa);
        // Now all keys are pressed, and the control API waits for the callbacks.
        await bench.Clock.TimerAsync(TimeSpan.FromSeconds(15));
        call.Received.ShouldNotContain(callback => callback["Capture"] != null);
        bench.Clock.Advance(TimeSpan.FromSeconds(5));
        await pressing;

        (await call.NextAsync(callback => callback["PartialResult"] is null
            && callback["PaymentCardNumber"] is not null))["PaymentCardNumber"].ShouldBe("xxxxxxxxxxxx1111");
    }

    [Fact]
    public async Task Keys_ThatNothingWaitsFor_AreIgnored()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false");
        await call.PressAsync("12#");
        await call.EnterAsync("expiration-date", "1230");
        await call.PressAsync("9#");
        await call.UpdateOkAsync("Status=cancel");

        (await call.NextAsync())["Result"].ShouldBe("transaction-cancelled");
    }

    [Theory]
    [InlineData("1230", null, "security-code")]
    [InlineData("1231", "input-matching-failed", "expiration-date-matcher,security-code")]
    [InlineData("12#", "input-matching-failed", "expiration-date-matcher,security-code")]
    public async Task Matcher_ComparedWithTheFirstEntry_DecidesAlone(string second, string? errorType, string required)
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false", "RequireMatchingInputs=expiration-date");
        await call.EnterAsync("payment-card-number", PayCall.Visa);
        await call.EnterAsync("expiration-date", "1230");

        var end = await call.EnterAsync("expiration-date-matcher", second);

        end["ErrorType"].ShouldBe(errorType);
        end["Required"].ShouldBe(required);
        end["ExpirationDate"].ShouldBe("1230");
    }

    [Fact]
    public async Task Matcher_WhileItIsTyped_GrowsInTheFieldsOwnParameter()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("RequireMatchingInputs=payment-card-number");
        await call.EnterAsync("payment-card-number", PayCall.Visa);
        await call.UpdateOkAsync("Capture=payment-card-number-matcher");
        (await call.NextAsync())["PaymentCardNumber"].ShouldBe("xxxxxxxxxxxx1111");
        await call.PressAsync("41");

        (await call.NextAsync())["PaymentCardNumber"].ShouldBe("x");
        (await call.NextAsync())["PaymentCardNumber"].ShouldBe("xx");
    }

    [Fact]
    public async Task Matcher_BeforeItsField_FailsByCallback()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("RequireMatchingInputs=expiration-date");
        await call.UpdateOkAsync("Capture=expiration-date-matcher");

        (await call.NextAsync())["ErrorType"].ShouldBe("input-matching-failed");
    }

    [Fact]
    public async Task Recapture_OfAMatchedField_AsksForBothAgain()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false", "SecurityCode=false", "RequireMatchingInputs=expiration-date");
        await call.EnterAsync("expiration-date", "1230");
        await call.EnterAsync("expiration-date-matcher", "1230");
        await call.UpdateOkAsync("Capture=expiration-date");

        (await call.NextAsync())["Required"].ShouldBe("payment-card-number,expiration-date,expiration-date-matcher");
    }
}
