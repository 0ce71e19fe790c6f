using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace AgentPay.Web.KeyRing;

/// <summary>Encrypts the secret part of a key before it is written to Sync.</summary>
internal sealed class KeyRingEncryptor(KeyRingCipher cipher) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        return new(new XElement("sealed", Convert.ToBase64String(cipher.Seal(plain))), typeof(KeyRingDecryptor));
    }
}

/// <summary>
/// Decrypts the output of <see cref="KeyRingEncryptor"/>. Stored keys contain the full name of this class: after a rename,
/// <see cref="SyncKeyRing.GetAllElements"/> must replace the old name. The framework calls this constructor.
/// </summary>
internal sealed class KeyRingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var plain = services.GetRequiredService<KeyRingCipher>().Open(Convert.FromBase64String(encryptedElement.Value));
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
