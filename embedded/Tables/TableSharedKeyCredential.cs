using System.Security.Cryptography;
using System.Text;

namespace Azure.Data.Tables;

/// <summary>An account's name and key.</summary>
public class TableSharedKeyCredential
{
    private volatile byte[] _key;

    /// <param name="accountName">The storage account.</param>
    /// <param name="accountKey">One of its keys, in Base64.</param>
    public TableSharedKeyCredential(string accountName, string accountKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountName);
        AccountName = accountName;
        _key = Decode(accountKey);
    }

    /// <summary>The storage account.</summary>
    public string AccountName { get; }

    /// <summary>Signs with another key from here on.</summary>
    public void SetAccountKey(string accountKey) => _key = Decode(accountKey);

    internal string Sign(string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> utf8 = text.Length <= 512 ? stackalloc byte[1536] : new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        HMACSHA256.HashData(_key, utf8[..Encoding.UTF8.GetBytes(text, utf8)], hash);
        return Convert.ToBase64String(hash);
    }

    private static byte[] Decode(string accountKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountKey);
        try
        {
            return Convert.FromBase64String(accountKey);
        }
        catch (FormatException)
        {
            // The framework's message may quote its input; a key stays out of messages.
            throw new ArgumentException("The account key is not valid Base64.", nameof(accountKey));
        }
    }
}
