using System.Globalization;
using Azure;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Logs;

/// <summary>One append blob of a log. Its name says which byte of the log it starts at, so that offsets never move.</summary>
internal sealed record LogSegment(BuildId Build, long Start, long Length, ETag ETag, IDictionary<string, string> Metadata)
{
    public long End => Start + Length;

    public bool IsClosed => Metadata.ContainsKey(LogCheckpoint.Closed);

    public string BlobName => NameOf(Build, Start);

    public static string Prefix(BuildId build) => $"{build}/";

    public static string NameOf(BuildId build, long start) => string.Create(CultureInfo.InvariantCulture, $"{Prefix(build)}{start:D15}.log");

    public static long StartOf(string blobName) => long.Parse(Path.GetFileNameWithoutExtension(blobName), CultureInfo.InvariantCulture);
}
