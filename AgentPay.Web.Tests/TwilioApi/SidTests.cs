using System.Text.Json;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Tests.TwilioApi;

public sealed class SidTests
{
    private const string Text = "CA0123456789abcdefABCDEF0123456789";

    private static readonly string[] Prefixes = ["AC", "SK", "CA", "PK", "IS"];

    [Fact]
    public void Parse_TwoLettersAndHex_KeepsTheText() => CallSid.Parse(Text).ToString().ShouldBe(Text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("PK0123456789abcdefABCDEF0123456789")]
    [InlineData("ca0123456789abcdefABCDEF0123456789")]
    [InlineData("CA0123456789abcdefABCDEF012345678")]
    [InlineData("CA0123456789abcdefABCDEF01234567890")]
    [InlineData("CA0123456789abcdefABCDEF012345678g")]
    [InlineData("CA0123456789abcdefABCDEF012345678٣")]
    [InlineData("CA../../../../../../../../../../..")]
    public void TryParse_AnythingElse_IsRefused(string? text) => CallSid.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Parse_AnythingElse_DoesNotRepeatIt()
    {
        var message = Should.Throw<FormatException>(() => CallSid.Parse("4111111111111111")).Message;

        message.ShouldBe("Not a CallSid: it must be CA and 32 hexadecimal digits.");
    }

    [Theory]
    [InlineData("AC")]
    [InlineData("SK")]
    [InlineData("CA")]
    [InlineData("PK")]
    [InlineData("IS")]
    public void TryParse_EachPrefix_BelongsToExactlyOneKind(string prefix)
    {
        var text = prefix + "0123456789abcdef0123456789abcdef";

        string[] fitting = [.. Prefixes.Where(known => SidText.IsSid(text, known))];

        fitting.ShouldBe([prefix]);
        (CallSid.TryParse(text, out _), PaymentSid.TryParse(text, out _)).ShouldBe((prefix == "CA", prefix == "PK"));
    }

    [Fact]
    public void Json_RoundTrip_IsAString()
    {
        var json = JsonSerializer.Serialize(CallSid.Parse(Text));

        json.ShouldBe($"\"{Text}\"");
        JsonSerializer.Deserialize<CallSid>(json).ShouldBe(CallSid.Parse(Text));
    }

    [Theory]
    [InlineData("\"PK1\"")]
    [InlineData("null")]
    [InlineData("1")]
    public void Json_AnythingElse_IsAJsonException(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<CallSid>(json));
}
