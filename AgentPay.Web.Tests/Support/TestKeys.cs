using System.Security.Cryptography;

namespace AgentPay.Web.Tests.Support;

/// <summary>RSA keys for all tests: creating one takes up to half a second of processor time. Tests must not dispose of them.</summary>
internal static class TestKeys
{
    private static readonly Lazy<RSA> LazyOne = new(() => RSA.Create(2048));
    private static readonly Lazy<RSA> LazyOther = new(() => RSA.Create(2048));

    public static RSA One => LazyOne.Value;

    public static RSA Other => LazyOther.Value;
}
