using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AgentPay.Web.KeyRing;

/// <summary>Loads the configured certificate that encrypts the key ring.</summary>
internal static class KeyRingCertificate
{
    /// <summary>Null when none is configured or it cannot be read. <see cref="ProblemOf"/> returns the reason.</summary>
    public static X509Certificate2? Load(AgentPayOptions options)
    {
        if (options.KeyRingCertificate is not { } path) return null;
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, options.KeyRingCertificatePassword);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }

    public static string? ProblemOf(AgentPayOptions options)
    {
        if (options.KeyRingCertificate is null) return null;
        using var certificate = Load(options);
        if (certificate is null) return "must be a PKCS#12 file that AgentPay:KeyRingCertificatePassword opens";
        using var key = certificate.GetRSAPrivateKey();
        return key is null ? "must contain an RSA private key" : null;
    }
}
