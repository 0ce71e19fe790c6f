using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Primitives;
using Twilio.Security;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>Requests for which the SDK's RequestValidator is wrong, and the result of our own check.</summary>
public sealed class SdkRequestValidatorTests
{
    private const string Url = "https://app.example.com/callStatus";
    private const string Token = "an-auth-token-of-32-characters-00";

    [Fact]
    public void RepeatedParameter_SignedByTwilio_IsRefusedByTheSdkAndAcceptedByUs()
    {
        var signature = AgentPay.Web.Sandbox.Webhooks.WebhookSigner.Sign(Token, Url, [new("A", "1"), new("A", "2"), new("CallSid", "CA1")]);
        var form = new Dictionary<string, StringValues> { ["A"] = new(["1", "2"]), ["CallSid"] = "CA1" };
        var forSdk = form.ToDictionary(field => field.Key, field => field.Value.ToString());

        new RequestValidator(Token).Validate(Url, forSdk, signature).ShouldBeFalse();
        RequestSignature.Verify(Url, form, signature, Token).ShouldBe(SignatureVerdict.Valid);
    }

    [Fact]
    public void EmptySignature_MakesTheSdkThrowAndIsRefusedByUs()
    {
        Should.Throw<Exception>(() => new RequestValidator(Token).Validate(Url, new Dictionary<string, string>(), ""));
        RequestSignature.Verify(Url, [], "", Token).ShouldBe(SignatureVerdict.NoSignature);
    }

    [Fact]
    public void EmptyToken_IsAcceptedByTheSdkAndRefusedByUs()
    {
        var forged = RequestSignature.Sign(Url, [], "");

        new RequestValidator("").Validate(Url, new Dictionary<string, string>(), forged).ShouldBeTrue();
        RequestSignature.Verify(Url, [], forged, "").ShouldBe(SignatureVerdict.NoToken);
    }
}
