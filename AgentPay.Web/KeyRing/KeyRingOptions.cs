namespace AgentPay.Web.KeyRing;

/// <summary>What protects the key ring in Sync; keys of the section <c>AgentPay</c>. Text is trimmed, and empty text counts as missing.</summary>
internal sealed class KeyRingOptions
{
    /// <summary>The keys are encrypted under this; missing means the secret of the API key for Sync. The same on every instance.</summary>
    public string? KeyRingSecret { get; set; }

    /// <summary>Path of a PKCS#12 file with an RSA key, used instead of a secret.</summary>
    public string? KeyRingCertificate { get; set; }

    public string? KeyRingCertificatePassword { get; set; }

    internal void Sanitise()
    {
        KeyRingSecret = Clean(KeyRingSecret);
        KeyRingCertificate = Clean(KeyRingCertificate);
        KeyRingCertificatePassword = Clean(KeyRingCertificatePassword);
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
