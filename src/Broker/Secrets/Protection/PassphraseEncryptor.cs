using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace BuildFunctions.Broker.Secrets.Protection;

/// <summary>Encrypts keys of the ring with a key that is derived from the configured passphrase.</summary>
internal sealed class PassphraseEncryptor(string passphrase) : IXmlEncryptor
{
    internal const int SaltSize = 16;
    internal const int NonceSize = 12;
    internal const int TagSize = 16;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var sealedBytes = new byte[SaltSize + NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, SaltSize + NonceSize));
        using var cipher = Cipher(passphrase, sealedBytes.AsSpan(0, SaltSize));
        cipher.Encrypt(
            sealedBytes.AsSpan(SaltSize, NonceSize), plain, sealedBytes.AsSpan(SaltSize + NonceSize + TagSize), sealedBytes.AsSpan(SaltSize + NonceSize, TagSize));
        return new EncryptedXmlInfo(new XElement("passphrase", Convert.ToBase64String(sealedBytes)), typeof(PassphraseDecryptor));
    }

    internal static AesGcm Cipher(string passphrase, ReadOnlySpan<byte> salt) =>
        new(Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations: 600_000, HashAlgorithmName.SHA256, outputLength: 32), TagSize);
}
