using System.Security.Cryptography;
using System.Text;
using AgentPay.Web.KeyRing;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.KeyRing;

public sealed class KeyRingCipherTests
{
    private const string ApiKeySecret = "api-key-secret-0123456789abcdef0";

    private static readonly byte[] Plain = Encoding.UTF8.GetBytes("<masterKey>1234</masterKey>");

    [Fact]
    public void Open_WhatAnotherInstanceHasSealed_GivesItBack()
    {
        Cipher().Open(Cipher().Seal(Plain)).ShouldBe(Plain);
    }

    [Fact]
    public void Seal_TheSameTwice_LooksDifferent()
    {
        Cipher().Seal(Plain).ShouldNotBe(Cipher().Seal(Plain));
    }

    [Fact]
    public void Open_UnderAnotherSecret_Throws()
    {
        var whole = Cipher().Seal(Plain);

        Should.Throw<CryptographicException>(() => Cipher("another-secret-0123456789abcdef01").Open(whole));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(28)]
    public void Open_AfterAChange_Throws(int at)
    {
        var whole = Cipher().Seal(Plain);
        whole[at] ^= 1;

        Should.Throw<CryptographicException>(() => Cipher().Open(whole));
    }

    [Fact]
    public void Open_OfSomethingCutShort_Throws() => Should.Throw<CryptographicException>(() => Cipher().Open(new byte[27]));

    [Fact]
    public void Name_TellsSecretsApart()
    {
        Cipher().Name.ShouldBe(Cipher().Name);
        Cipher("another-secret-0123456789abcdef01").Name.ShouldNotBe(Cipher().Name);
    }

    private static KeyRingCipher Cipher(string? secret = null)
    {
        var twilio = new TwilioOptions { ApiKeySecret = ApiKeySecret };
        twilio.Sync.ApiKeySecret = ApiKeySecret;
        return new(Options.Create(new AgentPayOptions { KeyRingSecret = secret }), Options.Create(twilio));
    }
}
