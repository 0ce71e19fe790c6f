using AgentPay.Web.Payments;
using AgentPay.Web.Tests.TwilioApi;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Tests.Payments;

[InCulture("de-DE")]
public sealed class PayCallbackFormTests
{
    private const string Pk = "Sid=PK11111111111111111111111111111111";

    private static readonly DateTimeOffset Came = new(2021, 8, 10, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("")]
    [InlineData("&DateUpdated=")]
    [InlineData("&DateUpdated=undefined")]
    public void Read_TheEndWithoutATime_IsOfWhenItCame(string time)
    {
        var callback = Read($"{Pk}&Result=success&PaymentConfirmationCode=ch_1{time}")!;

        (callback.SentAt, callback.Outcome!.Confirmation).ShouldBe((Came, "ch_1"));
    }

    [Fact]
    public void Read_TheStart_HasItsTimeFromDateCreatedAndSpeaksOfNoField()
    {
        var callback = Read($"{Pk}&PaymentConnector=Default&ChargeAmount=9.99&DateCreated=2021-08-10T03:55:53.408Z", "token-1")!;

        callback.Payment.ShouldBe(PaymentSid.Parse("PK11111111111111111111111111111111"));
        callback.SentAt.ShouldBe(new DateTimeOffset(2021, 8, 10, 3, 55, 53, 408, TimeSpan.Zero));
        callback.Delivery.ShouldBe("token-1");
        (callback.Capture, callback.Required, callback.Outcome, callback.ErrorType).ShouldBe((null, null, null, null));
    }

    [Theory]
    [InlineData("payment-card-number,expiration-date", 2)]
    [InlineData("payment-card-number, expiration-date", 2)]
    [InlineData("payment-card-number,something-new,ExpirationDate", 1)]
    [InlineData("payment-card-number-matcher", 1)]
    [InlineData("", 0)]
    [InlineData(" , ", 0)]
    public void Read_Required_IsASetOfTheFieldsItNames(string required, int count)
    {
        var callback = Read($"{Pk}&DateUpdated=2021-08-10T03:55:53.408Z&Capture=expiration-date&Required={required}")!;

        callback.Required!.Count.ShouldBe(count);
    }

    [Theory]
    [InlineData("ExpirationDate", "ExpirationDate")]
    [InlineData("payment-card-number, iris-scan", "iris-scan")]
    [InlineData("payment-card-number", "")]
    public void Read_RequiredWithAnUnknownName_KeepsTheName(string required, string other) =>
        string.Join(',', Read($"{Pk}&DateUpdated=2021-08-10T03:55:53.408Z&Capture=payment-card-number&Required={required}")!.OtherRequired)
            .ShouldBe(other);

    [Fact]
    public void Read_OutputsOfAConnector_AreKeptGuardedAndShort()
    {
        var many = string.Concat(Enumerable.Range(0, 50).Select(i => $"&PayConnector_x{i}=1"));
        var callback =
            Read($"{Pk}&Result=success&PayConnector_payment_status=DECLINED&PayConnector_note=card%204111.1111.1111.1111%0Aline&PayConnector_long={new string('a', 500)}{many}")!;

        var outputs = callback.Outcome!.Outputs.ShouldNotBeNull();
        (outputs["payment_status"], outputs["note"], outputs["long"].Length, outputs.Count)
            .ShouldBe(("DECLINED", "card xxxx.xxxx.xxxx.1111?line", 101, 20));
        Read($"{Pk}&Result=success")!.Outcome!.Outputs.ShouldBeNull();
    }

    [Theory]
    [InlineData("Your%2520card%2520was%2520declined.", "Your card was declined.")]
    [InlineData("100%25 declined", "100% declined")]
    [InlineData("Declined.", "Declined.")]
    public void Read_GatewayTextThatIsEncodedTwice_IsDecoded(string sent, string shown) =>
        Read($"{Pk}&Result=payment-connector-error&PaymentError={sent}")!.Outcome!.GatewayText.ShouldBe(shown);

    [Fact]
    public void Read_WordsOfAGatewayWithHiddenSigns_AreOneLine()
    {
        var callback =
            Read($"{Pk}&DateUpdated=2021-08-10T03:55:53.408Z&Result=payment-connector-error&ConnectorError=no%0D%0AError%3A%20forged&PaymentError=%E2%80%AEx&PaymentConfirmationCode={new string('a', 500)}")!;

        (callback.Outcome!.ConnectorError, callback.Outcome.GatewayText).ShouldBe(("no??Error: forged", "?x"));
        callback.Outcome.Confirmation!.Length.ShouldBe(500);
    }

    [Theory]
    [InlineData("PartialResult=true", true)]
    [InlineData("PartialResult=false", false)]
    [InlineData("PartialResult=", false)]
    [InlineData("Other=1", false)]
    public void Read_PartialResult_IsTrueForThatWordAlone(string part, bool expected)
    {
        Read($"{Pk}&DateUpdated=2021-08-10T03:55:53Z&Capture=payment-card-number&{part}")!.IsPartial.ShouldBe(expected);
    }

    [Fact]
    public void Read_ACaptureThatIsNotKnown_KeepsTheRest()
    {
        var callback =
            Read($"{Pk}&DateUpdated=2021-08-10T03:55:53Z&Capture=iris-scan&Required=security-code&PaymentCardNumber=xxx&ErrorType=brand-new")!;

        callback.Capture.ShouldBeNull();
        callback.Shown[CaptureField.PaymentCardNumber].ShouldBe("xxx");
        callback.ErrorType.ShouldBe("brand-new");
        callback.Required!.ShouldBe([CaptureField.SecurityCode]);
    }

    [Fact]
    public void Read_TheEnd_TakesEmptyValuesForNone()
    {
        var callback =
            Read($"{Pk}&DateUpdated=2021-08-10T03:58:27.290Z&Result=success&PaymentConfirmationCode=ch_1&PaymentToken=&ProfileId=&PaymentCardNumber=xxxxxxxxxxxx1111")!;

        callback.Outcome.ShouldBe(new PaymentOutcome("success", Confirmation: "ch_1"));
        callback.Required.ShouldBeNull();
    }

    [Theory]
    [InlineData("PayErrorCode=64008", 64008)]
    [InlineData("PayErrorCode=sixty", null)]
    [InlineData("PayErrorCode=", null)]
    public void Read_AFailure_HasTheCodeIfItIsANumberAndTheGatewaysWords(string part, int? code)
    {
        var callback =
            Read($"{Pk}&DateUpdated=2021-08-10T03:58:27.290Z&Result=payment-connector-error&PaymentError=Declined.&ConnectorError=card_declined&{part}")!;

        callback.Outcome.ShouldBe(
            new PaymentOutcome("payment-connector-error", code, GatewayText: "Declined.", ConnectorError: "card_declined"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Sid=PK1&DateUpdated=2021-08-10T03:55:53Z")]
    [InlineData("Sid=CA11111111111111111111111111111111&DateUpdated=2021-08-10T03:55:53Z")]
    [InlineData(Pk)]
    [InlineData(Pk + "&DateUpdated=yesterday")]
    [InlineData(Pk + "&DateUpdated=&DateCreated=")]
    public void Read_WithoutASessionOrATime_IsNull(string form)
    {
        Read(form).ShouldBeNull();
    }

    private static PayCallback? Read(string form, string? delivery = null) =>
        PayCallbackForm.Read(new FormCollection(QueryHelpers.ParseQuery(form)), delivery, Came);
}
