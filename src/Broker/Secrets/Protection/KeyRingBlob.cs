using System.Xml.Linq;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace BuildFunctions.Broker.Secrets.Protection;

/// <summary>
/// The key ring of all hosts of a broker, one blob. A key is added only to the ring that its maker has read: of two hosts that make one at the
/// same time the second finds that out, drops its own and goes on with the first one's.
/// </summary>
internal sealed class KeyRingBlob(BrokerStorage storage) : IXmlRepository
{
    private const string Ring = "keyRing";

    private ETag? _read;

    private BlobClient Blob => storage.Keys.GetBlobClient("data-protection.xml");

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        (var ring, _read) = Read();
        return [.. ring.Elements()];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        // A key that somebody made meanwhile does as well as this one; anything else, a revocation, must get in.
        var yieldsToOthers = element.Name.LocalName == "key";
        while (true)
        {
            var (ring, tag) = Read();
            if (yieldsToOthers && tag != _read)
            {
                return;
            }

            ring.Add(element);
            if (TryWrite(ring, tag))
            {
                return;
            }
        }
    }

    private (XElement Ring, ETag? Tag) Read()
    {
        try
        {
            var answer = Blob.DownloadContent().Value;
            return (XElement.Parse(answer.Content.ToString()), answer.Details.ETag);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return (new XElement(Ring), null);
        }
    }

    private bool TryWrite(XElement ring, ETag? tag)
    {
        var conditions = tag is { } known ? new BlobRequestConditions { IfMatch = known } : new BlobRequestConditions { IfNoneMatch = ETag.All };
        try
        {
            Blob.Upload(BinaryData.FromString(ring.ToString(SaveOptions.DisableFormatting)), new BlobUploadOptions { Conditions = conditions });
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status is 409 or 412)
        {
            return false;
        }
    }
}
