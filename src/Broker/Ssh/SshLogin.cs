using System.Security.Cryptography;
using System.Text;
using BuildFunctions.Contracts.Errors;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace BuildFunctions.Broker.Ssh;

/// <summary>The key that logs in, and the certificate that goes with it where there is one. Both are text; no file of the broker's user is read.</summary>
public sealed record SshLogin(string PrivateKey, string? Passphrase = null, string? Certificate = null)
{
    private const int Longest = 32 * 1024;

    /// <summary>Why nobody could log in with it; null where somebody could.</summary>
    internal ValidationFault? Fault()
    {
        if (PrivateKey.Length > Longest || Certificate?.Length > Longest || Passphrase?.Length > Longest)
        {
            return new("privateKey", $"Key, passphrase and certificate have {Longest} characters or fewer.");
        }

        try
        {
            using var key = Open();
            return null;
        }
        catch (SshPassPhraseNullOrEmptyException)
        {
            return new("passphrase", "The key is encrypted: its passphrase is needed.");
        }
        catch (Exception unfit) when (unfit is SshException or FormatException or ArgumentException or InvalidOperationException
            or IOException or NotSupportedException or CryptographicException)
        {
            // What the parser says may repeat parts of the key.
            return new("privateKey", "The private key cannot be read, with this passphrase and certificate. OpenSSH, PEM and PKCS#8 keys can, of kind Ed25519, ECDSA or RSA.");
        }
    }

    internal PrivateKeyFile Open()
    {
        var key = new MemoryStream(Encoding.UTF8.GetBytes(PrivateKey.TrimEnd() + "\n"));
        return Certificate is { } certificate
            ? new PrivateKeyFile(key, Passphrase, new MemoryStream(Encoding.UTF8.GetBytes(certificate)))
            : new PrivateKeyFile(key, Passphrase);
    }

    /// <summary>Never shows the key.</summary>
    public override string ToString() => nameof(SshLogin);
}
