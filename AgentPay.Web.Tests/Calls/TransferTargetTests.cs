using AgentPay.Web.Calls;

namespace AgentPay.Web.Tests.Calls;

public sealed class TransferTargetTests
{
    private static readonly VoiceOptions Voice = new() { OriginationUri = "pbx.example.org:5061;transport=tls", DefaultCountry = "AU" };

    [Theory]
    [InlineData("<sip:1002@pbx.example.org>", "1002")]
    [InlineData("<sip:1002@PBX.example.org:5060;transport=udp>", "1002")]
    [InlineData("sip:1002@pbx.example.org", "1002")]
    [InlineData("\"Ben, desk\" <sip:ben.novak@pbx.example.org;user=phone>", "ben.novak")]
    [InlineData("<sip:1002;phone-context=x@pbx.example.org?User-to-User=7%3Bencoding%3Dhex>", "1002")]
    [InlineData("<sips:1002@pbx.example.org?Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2>", "1002")]
    [InlineData("<sip:1002@agentpay.sip.twilio.com>", "1002")]
    [InlineData("<sip:+61280000001@pbx.example.org>", "+61280000001")]
    [InlineData("<tel:1002>", "1002")]
    public void Read_AnExtension_IsDialledAtThePbx(string referTo, string name)
    {
        var target = TransferTarget.Read(referTo, Voice)!;

        (target.Name, target.Uri).ShouldBe((name, $"sip:{name}@pbx.example.org:5061;transport=tls"));
    }

    [Theory]
    [InlineData("<tel:+61280000001>")]
    [InlineData("<tel:+61-2-8000.0001;ext=1>")]
    [InlineData("<tel:0280000001>")]
    [InlineData("<sip:+61280000001@agentpay.sip.us1.twilio.com;user=phone>")]
    [InlineData("<sip:%2B61280000001@agentpay.sip.twilio.com>")]
    [InlineData("<sip:0280000001@agentpay.sip.twilio.com>")]
    public void Read_ATelephoneNumber_IsInE164(string referTo) =>
        TransferTarget.Read(referTo, Voice).ShouldBe(new TransferTarget("+61280000001", null));

    [Theory]
    [InlineData("<sip:1002@branch.example.com>", "sip:1002@branch.example.com")]
    [InlineData("<sip:1002@10.0.0.5:5070;lr;transport=tcp?X-A=b>", "sip:1002@10.0.0.5:5070;transport=tcp")]
    public void Read_AnotherHost_KeepsPortAndTransport(string referTo, string uri)
    {
        var target = TransferTarget.Read(referTo, Voice)!;

        (target.Name, target.Uri).ShouldBe((uri.Split(':', ';')[0] + ":" + uri.Split(':', ';')[1], uri));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("<>")]
    [InlineData("<sip:pbx.example.org>")]
    [InlineData("<https://pbx.example.org/1002>")]
    [InlineData("<sip:*72@pbx.example.org>")]
    [InlineData("<sip:10%0D%0A02@pbx.example.org>")]
    [InlineData("<sip:a b@pbx.example.org>")]
    [InlineData("<sip:a@b@pbx.example.org>")]
    [InlineData("<tel:>")]
    [InlineData("<sip:1002@pbx.example.org><sip:1003@pbx.example.org>")]
    public void Read_AnythingElse_IsNothing(string? referTo) => TransferTarget.Read(referTo, Voice).ShouldBeNull();

    [Theory]
    [InlineData("<sip:1002@pbx.example.org>", true)]
    [InlineData("<sip:+61280000001@pbx.example.org>", true)]
    [InlineData("<tel:+61280000001>", false)]
    [InlineData("<sip:1002@branch.example.com>", false)]
    public void IsAllowed_WithoutPatterns_OnlyExtensionsOfThePbx(string referTo, bool isAllowed) =>
        TransferTarget.Read(referTo, Voice)!.IsAllowedBy([]).ShouldBe(isAllowed);

    [Theory]
    [InlineData("<sip:1002@pbx.example.org>", "1002", true)]
    [InlineData("<sip:1002@pbx.example.org>", "10*", true)]
    [InlineData("<sip:2001@pbx.example.org>", "10*", false)]
    [InlineData("<sip:11002@pbx.example.org>", "1002", false)]
    [InlineData("<sip:Sales@pbx.example.org>", "sales", true)]
    [InlineData("<sip:1x02@pbx.example.org>", "1.02", false)]
    [InlineData("<tel:+61280000001>", "+6128*", true)]
    [InlineData("<tel:+61280000001>", "+61280000001", true)]
    [InlineData("<tel:+61290000001>", "+6128*", false)]
    [InlineData("<tel:+61280000001>", "*", false)]
    [InlineData("<sip:1002@branch.example.com>", "*", false)]
    [InlineData("<sip:1002@branch.example.com>", "sip:*@branch.example.com", true)]
    [InlineData("<sip:1002@branch.example.com:5070>", "SIP:10*@*.example.com", true)]
    [InlineData("<sip:1002@evil.example>", "sip:*@branch.example.com", false)]
    [InlineData("<sip:1002@branch.example.com.evil.example>", "sip:*@branch.example.com", false)]
    [InlineData("<sip:1002@pbx.example.org>", "sip:*@*", false)]
    public void IsAllowed_ByAPattern_OnlyForItsKindAndWholeName(string referTo, string pattern, bool isAllowed) =>
        TransferTarget.Read(referTo, Voice)!.IsAllowedBy(["555", pattern]).ShouldBe(isAllowed);
}
