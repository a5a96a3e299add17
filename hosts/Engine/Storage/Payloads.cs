using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BuildFunctions.Engine.Storage.Rows;

namespace BuildFunctions.Engine.Storage;

/// <summary>
/// Long texts as blobs. The name is random, so that a blob that was written by an owner which then lost the race can never be taken for another;
/// the reference carries length and SHA-256, so that what is read is what was written.
/// </summary>
internal sealed class Payloads(StorageContext storage)
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public async Task<string> PutAsync(InstanceKey key, string text, CancellationToken cancellation)
    {
        var content = _strict.GetBytes(text);
        var name = key.Blobs + storage.NewId();

        // A blob of this name that exists already is our own first try.
        await storage.Retry.ReadAsync(() => storage.Transport.PutBlobAsync(name, content, cancellation), cancellation);
        return $"{PayloadText.ReferencePrefix}{Convert.ToHexStringLower(SHA256.HashData(content))}:{content.Length}:{name}";
    }

    public async Task<string> GetAsync(string reference, CancellationToken cancellation)
    {
        var parts = reference.Split(':', 4);
        if (parts.Length < 4 || !PayloadText.IsReference(reference))
        {
            throw new PayloadMissingException($"'{reference}' is not a reference to a payload.");
        }

        var content = await storage.Retry.ReadAsync(() => storage.Transport.GetBlobAsync(parts[3], cancellation), cancellation)
            ?? throw new PayloadMissingException($"Payload {parts[3]} is not in storage.");
        return parts[1] == Convert.ToHexStringLower(SHA256.HashData(content.Span)) && parts[2] == content.Length.ToString(CultureInfo.InvariantCulture)
            ? _strict.GetString(content.Span)
            : throw new PayloadMissingException($"Payload {parts[3]} is not what was written.");
    }
}
