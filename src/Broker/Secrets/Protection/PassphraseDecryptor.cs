using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Secrets.Protection;

/// <summary>Named in the key ring and made by name, therefore its constructor.</summary>
internal sealed class PassphraseDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var passphrase = services.GetRequiredService<IOptions<ProtectionOptions>>().Value.Passphrase
            ?? throw new CryptographicException("The broker's keys are encrypted: set Secrets:Passphrase to the passphrase they were made with.");
        var sealedBytes = Convert.FromBase64String(encryptedElement.Value);
        var salt = sealedBytes.AsSpan(0, PassphraseEncryptor.SaltSize);
        var nonce = sealedBytes.AsSpan(PassphraseEncryptor.SaltSize, PassphraseEncryptor.NonceSize);
        var rest = sealedBytes.AsSpan(PassphraseEncryptor.SaltSize + PassphraseEncryptor.NonceSize);
        var plain = new byte[rest.Length - PassphraseEncryptor.TagSize];
        using var cipher = PassphraseEncryptor.Cipher(passphrase, salt);
        cipher.Decrypt(nonce, rest[PassphraseEncryptor.TagSize..], rest[..PassphraseEncryptor.TagSize], plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
