using System.Security.Cryptography;
using System.Text;
using AgentPay.Web.Sandbox.Webhooks;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>The test vectors are from Twilio's documentation and SDKs. The token is always 12345.</summary>
public sealed class RequestSignatureTests
{
    private const string Token = "12345";
    private const string Url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private const string Signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    private const string Parameters = "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
    private const string BodyHash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

    public static TheoryData<string, string, string> Vectors() => new()
    {
        { Url, Parameters, Signature },
        { "https://mycompany.com:443/myapp.php?foo=1&bar=2", Parameters, "kvajT1Ptam85bY51eRf/AJRuM3w=" },
        { "https://mycompany.com:1234/myapp.php?foo=1&bar=2", Parameters, "CYn1h0gLBdNxDGkKJg6hYohgeD8=" },
        { "http://mycompany.com/myapp.php?foo=1&bar=2", Parameters, "OyGYPqTF6ztdbRNCvuQO/oPvqQ4=" },
        { "http://mycompany.com:80/myapp.php?foo=1&bar=2", Parameters, "0ZXoZLH/DfblKGATFgpif+LLRf4=" },
        { "http://mycompany.com:1234/myapp.php?foo=1&bar=2", Parameters, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=" },
        { "https://MyCompany.com/myapp.php?foo=1&bar=2", Parameters, "g9IN/x4Cft2g517EjYvEvM/W7LU=" },
        {
            "https://example.com/myapp.php?foo=1&bar=2",
            Parameters.Replace("8675309", "8675310", StringComparison.Ordinal),
            "L/OH5YylLD5NRKLltdqwSvS0BnU="
        },
        { $"{Url}&bodySHA256={BodyHash}", "", "a9nBmqA0ju/hNViExpshrM61xv4=" },
        { $"https://mycompany.com/myapp.php?bodySHA256={BodyHash}", "", "y77kIzt2vzLz71DgmJGsen2scGs=" },
        { Url, "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234", "IK+Dwps556ElfBT0I3Rgjkr1wJU=" },
        { Url, "CallSid=CA1&ErrorType=&PartialResult=true", "LN6SDQU6d3mQQc4Dtpqr9rrFXxY=" },
        {
            "https://pay.example.org/twilio/payments",
            "AccountSid=AC0&Capture=payment-card-number&Description=Zo%C3%AB+%26+S%C3%B6hne",
            "yY0af8sdm0T7mHgUOmUk/VadZUI="
        },
    };

    /// <summary>Also by the sandbox's own signer, which shares no code with the product's.</summary>
    [Theory]
    [MemberData(nameof(Vectors))]
    [InCulture("tr-TR")]
    public void Sign_Vector_GivesTwiliosSignature(string url, string form, string signature)
    {
        var fields = Form(form).SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value ?? ""));

        RequestSignature.Sign(url, Form(form), Token).ShouldBe(signature);
        WebhookSigner.Sign(Token, url, fields).ShouldBe(signature);
        Verify(url, form, signature).ShouldBe(SignatureVerdict.Valid);
        Verify(url, $"{form}&New=1", signature).ShouldBe(SignatureVerdict.WrongSignature);
    }

    [Theory]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2", "kvajT1Ptam85bY51eRf/AJRuM3w=")]
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2", Signature)]
    [InlineData("https://mycompany.com:1234/myapp.php?foo=1&bar=2", Signature)]
    [InlineData("http://mycompany.com/myapp.php?foo=1&bar=2", "0ZXoZLH/DfblKGATFgpif+LLRf4=")]
    [InlineData("http://mycompany.com:80/myapp.php?foo=1&bar=2", "OyGYPqTF6ztdbRNCvuQO/oPvqQ4=")]
    public void Verify_SignedWithOrWithoutThePort_IsValid(string url, string signature) =>
        Verify(url, Parameters, signature).ShouldBe(SignatureVerdict.Valid);

    /// <summary>Pairs that Twilio's SDK for Node 6.2 accepts: the requested URL, and the signed URL.</summary>
    [Theory]
    [InlineData("https://h.example/o?UUI=Trezzo-Sull%27Adda", "https://h.example/o?UUI=Trezzo-Sull'Adda")]
    [InlineData("https://h.example/o?UUI=Trezzo-Sull'Adda", "https://h.example/o?UUI=Trezzo-Sull%27Adda")]
    [InlineData("https://H.example/o?UUI=a@b", "https://h.example/o?UUI=a@b")]
    [InlineData("https://H.example/o?UUI=a@b", "https://h.example:443/o?UUI=a%40b")]
    [InlineData("https://H.example/o?UUI=a@b", "https://H.example:443/o?UUI=a@b")]
    [InlineData("https://h.example:8443/o?b=1+2&a=%zz&b=%20x&&=v&10=x&9=y&c", "https://h.example/o?9=y&10=x&b=1%202&b=%20x&a=%25zz&=v&c=")]
    [InlineData(
        "https://h.example:8443/o?b=1+2&a=%zz&b=%20x&&=v&10=x&9=y&c", "https://h.example:8443/o?9=y&10=x&b=1%202&b=%20x&a=%25zz&=v&c=")]
    [InlineData("https://h.example/o?UUI=%C3%A9%FF(!*)~", "https://h.example/o?UUI=%C3%A9%EF%BF%BD(!*)~")]
    [InlineData("https://h.example/o?UUI=a%2Fb\"<>|^`{}\\", "https://h.example/o?UUI=a%2Fb%22%3C%3E|^`{}\\")]
    [InlineData("https://h.example/o?UUI=a%2Fb\"<>|^`{}\\", "https://h.example/o?UUI=a%2Fb%22%3C%3E%7C%5E%60%7B%7D%5C")]
    public void Verify_UrlThatWasEncodedAnew_IsValid(string url, string signedUrl) =>
        Verify(url, Parameters, RequestSignature.Sign(signedUrl, Form(Parameters), Token)).ShouldBe(SignatureVerdict.Valid);

    /// <summary>Pairs that Twilio's SDK for Node 6.2 refuses.</summary>
    [Theory]
    [InlineData("https://h.example/o?UUI=a%40b", "https://h.example/o?UUI=a@b")]
    [InlineData("https://h.example/o?a=1&b=2", "https://h.example/o?b=2&a=1")]
    [InlineData("https://h.example/o?UUI=a%2Fb", "https://h.example/o?UUI=a/b")]
    [InlineData("https://h.example/o?UUI=a+b", "https://h.example/o?UUI=a%2Bb")]
    [InlineData("https://h.example/O?UUI=a", "https://h.example/o?UUI=a")]
    [InlineData("https://h.example:8443/o?UUI=a", "https://h.example:443/o?UUI=a")]
    [InlineData("https://h.example/o%27", "https://h.example/o'")]
    public void Verify_UrlThatMeansSomethingElse_IsRefused(string url, string signedUrl) =>
        Verify(url, Parameters, RequestSignature.Sign(signedUrl, Form(Parameters), Token)).ShouldBe(SignatureVerdict.WrongSignature);

    [Theory]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=3")]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2#rc=3")]
    [InlineData("http://mycompany.com/myapp.php?foo=1&bar=2")]
    [InlineData("https://mycompany.com/myapp.php/?foo=1&bar=2")]
    [InlineData("not a url")]
    [InlineData("")]
    [InlineData("https://[::1]/")]
    [InlineData("https://")]
    public void Verify_AnyOtherUrl_IsRefused(string url) => Verify(url, Parameters, Signature).ShouldBe(SignatureVerdict.WrongSignature);

    [Fact]
    public void Verify_IPv6HostWithPort_LosesOnlyThePort() =>
        Verify("http://[::1]:8080/hook", "A=1", RequestSignature.Sign("http://[::1]/hook", Form("A=1"), Token))
            .ShouldBe(SignatureVerdict.Valid);

    [Theory]
    [InlineData(null, SignatureVerdict.NoSignature)]
    [InlineData("", SignatureVerdict.NoSignature)]
    [InlineData(" ", SignatureVerdict.WrongSignature)]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8", SignatureVerdict.WrongSignature)]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8==", SignatureVerdict.WrongSignature)]
    [InlineData("%%% not base64 \ud800 %%%", SignatureVerdict.WrongSignature)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA=", SignatureVerdict.WrongSignature)]
    public void Verify_AnyOtherHeader_IsRefused(string? header, SignatureVerdict verdict) =>
        Verify(Url, Parameters, header).ShouldBe(verdict);

    [Fact]
    public void Verify_SecondaryToken_IsAcceptedBesideThePrimary()
    {
        RequestSignature.Verify(Url, Form(Parameters), Signature, "the new one", Token).ShouldBe(SignatureVerdict.Valid);
        RequestSignature.Verify(Url, Form(Parameters), Signature, Token, null).ShouldBe(SignatureVerdict.Valid);
        RequestSignature.Verify(Url, Form(Parameters), Signature, "the new one", "another").ShouldBe(SignatureVerdict.WrongSignature);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Verify_NoToken_IsRefusedEvenWhenItWasSignedWithIt(string? token) =>
        RequestSignature.Verify(Url, [], RequestSignature.Sign(Url, [], token ?? ""), token, null).ShouldBe(SignatureVerdict.NoToken);

    [Fact]
    public void Verify_NamesThatDifferInCase_AreSortedOrdinally() =>
        RequestSignature.Sign(Url, [new("b", "2"), new("B", "1")], Token).ShouldBe(ByHand($"{Url}B1b2"));

    [Fact]
    public void Verify_FieldWithoutAnyValue_CountsAsEmpty() =>
        RequestSignature.Sign(Url, [new("A", StringValues.Empty)], Token).ShouldBe(ByHand($"{Url}A"));

    private static SignatureVerdict Verify(string url, string form, string? header) =>
        RequestSignature.Verify(url, Form(form), header, Token);

    private static Dictionary<string, StringValues> Form(string encoded) => new(QueryHelpers.ParseQuery(encoded), StringComparer.Ordinal);

    private static string ByHand(string text) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Token), Encoding.UTF8.GetBytes(text)));
}
