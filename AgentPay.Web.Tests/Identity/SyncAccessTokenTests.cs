using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AgentPay.Web.Identity;

namespace AgentPay.Web.Tests.Identity;

public sealed class SyncAccessTokenTests
{
    private const string Secret = "secret-secret-secret-secret-1234";
    private const string Example =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImN0eSI6InR3aWxpby1mcGE7dj0xIn0."
        + "eyJqdGkiOiJTS2I1YWVkOWNhMTJiZjU4OTBmMzc5MzBlNjNjYWQ2ZDM4LTE3OTUzMjg2MDQiLCJncmFudHMiOnsiaWRlbnRpdHkiOiJhZ2VudC03IiwiZGF0"
        + "YV9zeW5jIjp7InNlcnZpY2Vfc2lkIjoiSVNhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYSJ9fSwiaWF0IjoxNzk1MzI4NjA0LCJleHAiOjE3OTUz"
        + "MzIyMDQsImlzcyI6IlNLYjVhZWQ5Y2ExMmJmNTg5MGYzNzkzMGU2M2NhZDZkMzgiLCJzdWIiOiJBQ2FhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh"
        + "In0."
        + "V19VMLUsYfow0_7JBdpk-14wl2K-Z4g1GgElu4mybco";

    private static readonly string Service = "IS" + new string('a', 32);
    private static readonly string Account = "AC" + new string('a', 32);
    private const string KeySid = "SKb5aed9ca12bf5890f37930e63cad6d38";
    private static readonly SyncTokenKey Key = new(Account, KeySid, Secret);
    private static readonly DateTimeOffset Issued = DateTimeOffset.FromUnixTimeSeconds(1795328604);

    [Fact]
    public void Verify_ExampleOfTwiliosLibrary_IsItsIdentity()
    {
        var verdict = Verify(Example);

        verdict.IsValid.ShouldBeTrue();
        verdict.Identity.ShouldBe("agent-7");
        verdict.Refusal.ShouldBeNull();
    }

    [Fact]
    public void Mint_ValuesOfTheExample_GivesItsHeaderAndPayload()
    {
        var token = SyncAccessToken.Mint(Key, Service, "agent-7", TimeSpan.FromHours(1), Issued);

        for (var part = 0; part < 2; part++) JsonNode.DeepEquals(Part(token, part), Part(Example, part)).ShouldBeTrue();
    }

    [Fact]
    public void Mint_TimeInAnotherZone_ExpiresAtTheSameMoment()
    {
        var token = SyncAccessToken.Mint(Key, Service, "agent-7", TimeSpan.FromHours(1), Issued.ToOffset(TimeSpan.FromHours(10)));

        Part(token, 1)["exp"]!.GetValue<long>().ShouldBe(Issued.AddHours(1).ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData("maria@example.com")]
    [InlineData("Zoë \"O'Neil\" <&>")]
    public void Mint_Identity_ComesBackFromVerify(string identity) =>
        Verify(SyncAccessToken.Mint(Key, Service, identity, SyncAccessToken.LongestLifetime, Issued)).Identity.ShouldBe(identity);

    [Fact]
    public void Mint_LifetimeBeyondADayOrNone_IsRefused()
    {
        foreach (var lifetime in new[] { TimeSpan.FromHours(24.1), TimeSpan.Zero, TimeSpan.FromSeconds(-1) })
            Should.Throw<ArgumentOutOfRangeException>(() => SyncAccessToken.Mint(Key, Service, "agent-7", lifetime, Issued));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Mint_NoIdentity_IsRefused(string identity) =>
        Should.Throw<ArgumentException>(() => SyncAccessToken.Mint(Key, Service, identity, TimeSpan.FromHours(1), Issued));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Key_WithoutSecret_IsRefused(string secret) =>
        Should.Throw<ArgumentException>(() => new SyncTokenKey(Account, KeySid, secret));

    [Theory]
    [InlineData(null, SyncTokenRefusal.Missing)]
    [InlineData("", SyncTokenRefusal.Missing)]
    [InlineData("a.b", SyncTokenRefusal.Malformed)]
    [InlineData("a.b.c.d", SyncTokenRefusal.Malformed)]
    [InlineData("a.b.c.d.e", SyncTokenRefusal.Malformed)]
    [InlineData("..", SyncTokenRefusal.WrongSignature)]
    [InlineData("%%%.\ud800.ë", SyncTokenRefusal.WrongSignature)]
    [InlineData(" " + Example, SyncTokenRefusal.WrongSignature)]
    [InlineData(Example + "=", SyncTokenRefusal.WrongSignature)]
    public void Verify_TextThatIsNoToken_IsRefused(string? token, SyncTokenRefusal refusal) => Verify(token).Refusal.ShouldBe(refusal);

    [Fact]
    public void Verify_HugeText_IsRefusedUnread() => Verify(new string('.', 4097)).Refusal.ShouldBe(SyncTokenRefusal.TooLong);

    [Fact]
    public void Verify_EverySingleCharacterChanged_IsRefused()
    {
        for (var at = 0; at < Example.Length; at++)
        {
            var forged = Example[..at] + (Example[at] == 'A' ? 'B' : 'A') + Example[(at + 1)..];
            Verify(forged).IsValid.ShouldBeFalse($"changed at {at}");
        }
    }

    [Fact]
    public void Verify_SignedWithAnotherSecret_IsRefused() =>
        SyncAccessToken.Verify(new(Account, KeySid, "another"), Service, Example, Issued).Refusal.ShouldBe(SyncTokenRefusal.WrongSignature);

    [Fact]
    public void Verify_UnsignedTokenWithAlgorithmNone_IsRefused()
    {
        var unsigned = $"{Encode("""{"alg":"none","typ":"JWT","cty":"twilio-fpa;v=1"}""")}.{Example.Split('.')[1]}.";

        Verify(unsigned).Refusal.ShouldBe(SyncTokenRefusal.WrongSignature);
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"JWT","cty":"twilio-fpa;v=1"}""", SyncTokenRefusal.WrongAlgorithm)]
    [InlineData("""{"alg":"hs256","typ":"JWT","cty":"twilio-fpa;v=1"}""", SyncTokenRefusal.WrongAlgorithm)]
    [InlineData("""{"alg":"HS512","typ":"JWT","cty":"twilio-fpa;v=1"}""", SyncTokenRefusal.WrongAlgorithm)]
    [InlineData("""{"alg":"RS256","typ":"JWT","cty":"twilio-fpa;v=1"}""", SyncTokenRefusal.WrongAlgorithm)]
    [InlineData("""{"typ":"JWT","cty":"twilio-fpa;v=1"}""", SyncTokenRefusal.WrongAlgorithm)]
    [InlineData("""{"alg":"HS256","typ":"jwt","cty":"twilio-fpa;v=1"}""", SyncTokenRefusal.WrongType)]
    [InlineData("""{"alg":"HS256","cty":"twilio-fpa;v=1"}""", SyncTokenRefusal.WrongType)]
    [InlineData("""{"alg":"HS256","typ":"JWT","cty":"twilio-sat;v=1"}""", SyncTokenRefusal.WrongType)]
    [InlineData("""{"alg":"HS256","typ":"JWT"}""", SyncTokenRefusal.WrongType)]
    [InlineData("""{"alg":"HS256","alg":"HS256","typ":"JWT","cty":"twilio-fpa;v=1"}""", SyncTokenRefusal.Malformed)]
    [InlineData("""{"alg":256,"typ":"JWT","cty":"twilio-fpa;v=1"}""", SyncTokenRefusal.Malformed)]
    [InlineData("""{"alg":"\ud800","typ":"JWT","cty":"twilio-fpa;v=1"}""", SyncTokenRefusal.Malformed)]
    [InlineData("null", SyncTokenRefusal.Malformed)]
    [InlineData("[]", SyncTokenRefusal.Malformed)]
    [InlineData("", SyncTokenRefusal.Malformed)]
    public void Verify_RightSignatureUnderAnotherHeader_IsRefused(string header, SyncTokenRefusal refusal) =>
        Verify(Signed(header, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(Example.Split('.')[1])))).Refusal.ShouldBe(refusal);

    [Theory]
    [InlineData("iss", "\"SKffffffffffffffffffffffffffffffff\"", SyncTokenRefusal.WrongKey)]
    [InlineData("iss", "null", SyncTokenRefusal.WrongKey)]
    [InlineData("sub", "\"ACffffffffffffffffffffffffffffffff\"", SyncTokenRefusal.WrongAccount)]
    [InlineData("sub", "null", SyncTokenRefusal.WrongAccount)]
    [InlineData("exp", "null", SyncTokenRefusal.Expired)]
    [InlineData("exp", "0", SyncTokenRefusal.Expired)]
    [InlineData("exp", "-9223372036854775808", SyncTokenRefusal.Expired)]
    [InlineData("exp", "9e99", SyncTokenRefusal.Malformed)]
    [InlineData("exp", "\"1795332204\"", SyncTokenRefusal.Malformed)]
    [InlineData("nbf", "9223372036854775807", SyncTokenRefusal.NotYetValid)]
    [InlineData("iat", "1795328699", SyncTokenRefusal.NotYetValid)]
    [InlineData("grants", "null", SyncTokenRefusal.WrongService)]
    [InlineData("grants", "{}", SyncTokenRefusal.WrongService)]
    [InlineData("grants", "[]", SyncTokenRefusal.Malformed)]
    [InlineData(
        "grants",
        """{"identity":"agent-7","data_sync":{"service_sid":"ISffffffffffffffffffffffffffffffff"}}""",
        SyncTokenRefusal.WrongService)]
    [InlineData("grants", """{"data_sync":{"service_sid":"ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}""", SyncTokenRefusal.NoIdentity)]
    [InlineData(
        "grants", """{"identity":"","data_sync":{"service_sid":"ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}""", SyncTokenRefusal.NoIdentity)]
    [InlineData(
        "grants", """{"identity":7,"data_sync":{"service_sid":"ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}""", SyncTokenRefusal.Malformed)]
    public void Verify_RightSignatureOverAnotherClaim_IsRefused(string claim, string value, SyncTokenRefusal refusal)
    {
        var claims = Part(Example, 1);
        claims[claim] = JsonNode.Parse(value);

        Verify(Signed("""{"alg":"HS256","typ":"JWT","cty":"twilio-fpa;v=1"}""", claims.ToJsonString())).Refusal.ShouldBe(refusal);
    }

    [Theory]
    [InlineData(-30, null)]
    [InlineData(-31, SyncTokenRefusal.NotYetValid)]
    [InlineData(3600 + 29, null)]
    [InlineData(3600 + 30, SyncTokenRefusal.Expired)]
    public void Verify_ClockDifference_IsAllowedForThirtySeconds(int seconds, SyncTokenRefusal? refusal) =>
        SyncAccessToken.Verify(Key, Service, Example, Issued.AddSeconds(seconds)).Refusal.ShouldBe(refusal);

    [Fact]
    public void Verify_EmptyServiceAndTokenWithoutOne_IsRefused()
    {
        var claims = Part(Example, 1);
        claims["grants"] = JsonNode.Parse("""{"identity":"agent-7"}""");
        var token = Signed("""{"alg":"HS256","typ":"JWT","cty":"twilio-fpa;v=1"}""", claims.ToJsonString());

        SyncAccessToken.Verify(Key, "", token, Issued).Refusal.ShouldBe(SyncTokenRefusal.WrongService);
    }

    private static SyncTokenVerdict Verify(string? token) => SyncAccessToken.Verify(Key, Service, token, Issued);

    private static JsonObject Part(string token, int part) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[part]))!.AsObject();

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string Signed(string header, string claims)
    {
        var text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)))}";
    }
}
