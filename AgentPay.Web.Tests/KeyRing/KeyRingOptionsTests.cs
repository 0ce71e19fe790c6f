using AgentPay.Web.KeyRing;

namespace AgentPay.Web.Tests.KeyRing;

public sealed class KeyRingOptionsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public void Secret_MissingOrLongEnough_IsFine(string? secret) => Failures(new() { KeyRingSecret = secret }).ShouldBeEmpty();

    [Fact]
    public void Secret_TooShort_IsRefusedAndNotRepeated()
    {
        var failure = Failures(new() { KeyRingSecret = "summer2026" }).ShouldHaveSingleItem();

        failure.ShouldStartWith("AgentPay:KeyRingSecret is shorter than 32 characters");
        failure.ShouldNotContain("summer2026");
    }

    [Fact]
    public void Certificate_ThatIsNotThere_IsRefused() =>
        Failures(new() { KeyRingCertificate = "/nowhere/agentpay.pfx" }).ShouldHaveSingleItem().ShouldStartWith("AgentPay:KeyRingCertificate is not a readable PKCS#12 file");

    [Fact]
    public void SecretAndCertificate_Both_AreTooMuch() =>
        Failures(new() { KeyRingSecret = new string('k', 32), KeyRingCertificate = "/nowhere/agentpay.pfx" }).Count().ShouldBe(2);

    private static IEnumerable<string> Failures(KeyRingOptions options)
    {
        options.Sanitise();
        return new KeyRingOptionsValidator().Validate(null, options).Failures ?? [];
    }
}
