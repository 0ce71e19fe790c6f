using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.KeyRing;

public sealed class KeyRingOptionsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public void Secret_MissingOrLongEnough_IsAccepted(string? secret) => Failures(("KeyRingSecret", secret)).ShouldBeEmpty();

    [Theory]
    [InlineData("summer2026")]
    [InlineData("0123456789abcdef0123456789abcde ")]
    public void Secret_TooShort_IsRefusedAndNotRepeated(string secret) => Failures(("KeyRingSecret", secret)).ShouldBe(
        ["AgentPay:KeyRingSecret must have at least 32 characters. Example: the output of openssl rand -base64 32."]);

    [Fact]
    public void Certificate_ThatDoesNotExist_IsRefused() => Failures(("KeyRingCertificate", "/nowhere/agentpay.pfx")).ShouldHaveSingleItem()
        .ShouldStartWith("AgentPay:KeyRingCertificate must be a PKCS#12 file that AgentPay:KeyRingCertificatePassword opens.");

    [Fact]
    public void SecretAndCertificate_Together_AreRefused() =>
        Failures(("KeyRingSecret", new string('k', 32)), ("KeyRingCertificate", "/nowhere/agentpay.pfx")).Count.ShouldBe(2);

    private static IReadOnlyList<string> Failures(params (string, string?)[] settings) =>
        OptionsBench.Failures<AgentPayOptions, AgentPayOptionsValidator>("AgentPay", settings);
}
