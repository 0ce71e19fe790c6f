using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Identity;

/// <summary>A certificate of the application in two files: with the private key for AgentPay, and without it for Entra.</summary>
internal sealed class TestCertificate : IDisposable
{
    public const string Password = "of-the-test";

    private readonly string _folder = Directory.CreateTempSubdirectory("agentpay-").FullName;

    /// <param name="key">The key of the certificate; null for a shared key.</param>
    public TestCertificate(int validDays = 365, RSA? key = null)
    {
        var request = new CertificateRequest("CN=AgentPay", key ?? TestKeys.One, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(validDays));
        File.WriteAllBytes(PrivateFile, Certificate.Export(X509ContentType.Pkcs12, Password));
        File.WriteAllText(PublicFile, Certificate.ExportCertificatePem());
    }

    public X509Certificate2 Certificate { get; }

    public string PrivateFile => Path.Combine(_folder, "agentpay.pfx");

    public string PublicFile => Path.Combine(_folder, "agentpay.pem");

    /// <summary>The settings to authenticate with the certificate and without a secret.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("AzureAd:ClientSecret", ""), ("AzureAd:ClientCredentials:0:SourceType", "Path"),
        ("AzureAd:ClientCredentials:0:CertificateDiskPath", PrivateFile), ("AzureAd:ClientCredentials:0:CertificatePassword", Password),
    ];

    public void Dispose()
    {
        Certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
