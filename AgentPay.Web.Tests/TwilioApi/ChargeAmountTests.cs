using System.Globalization;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

[InCulture("de-DE")]
public sealed class ChargeAmountTests
{
    [Theory]
    [InlineData("9.99", "USD", "9.99")]
    [InlineData("10", "EUR", "10.00")]
    [InlineData("10.500", "EUR", "10.50")]
    [InlineData("1500", "JPY", "1500")]
    [InlineData("1500.0", "JPY", "1500")]
    [InlineData("1.234", "KWD", "1.234")]
    [InlineData("1.2345", "CLF", "1.2345")]
    [InlineData("999999.99", "USD", "999999.99")]
    [InlineData("0.01", "USD", "0.01")]
    public void ToString_InAnyCulture_HasThePointAndTheCurrencysDecimals(string value, string currency, string text)
    {
        Try(value, currency, out var amount).ShouldBe(AmountProblem.None);

        amount!.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("0", "USD", AmountProblem.NotPositive)]
    [InlineData("-1", "USD", AmountProblem.NotPositive)]
    [InlineData("1000000", "USD", AmountProblem.TooLarge)]
    [InlineData("79228162514264337593543950335", "USD", AmountProblem.TooLarge)]
    [InlineData("9.999", "USD", AmountProblem.TooManyDecimals)]
    [InlineData("0.5", "JPY", AmountProblem.TooManyDecimals)]
    [InlineData("1.2345", "KWD", AmountProblem.TooManyDecimals)]
    [InlineData("1.23456", "CLF", AmountProblem.TooManyDecimals)]
    public void TryCreate_WhatCannotBeCharged_SaysWhy(string value, string currency, AmountProblem problem)
    {
        Try(value, currency, out var amount).ShouldBe(problem);

        amount.ShouldBeNull();
    }

    [Theory]
    [InlineData("usd", "USD")]
    [InlineData("JPY", "JPY")]
    public void Currency_ThreeLetters_AreCapitals(string text, string code)
    {
        Currency.TryParse(text, out var currency).ShouldBeTrue();

        currency.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("US")]
    [InlineData("EURO")]
    [InlineData("€€€")]
    [InlineData("U D")]
    public void Currency_AnythingElse_IsRefused(string? text) => Currency.TryParse(text, out _).ShouldBeFalse();

    private static AmountProblem Try(string value, string code, out ChargeAmount? amount)
    {
        ChargeAmount.TryCreate(decimal.Parse(value, CultureInfo.InvariantCulture), Money.Of(code), out amount, out var problem);
        return problem;
    }
}
