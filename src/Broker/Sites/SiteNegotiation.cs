using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace BuildFunctions.Broker.Sites;

/// <summary>Which form and which part of a file a request asks for.</summary>
internal static class SiteNegotiation
{
    public static SiteBody Form(SiteFile file, IHeaderDictionary headers)
    {
        // Ranges count in the plain file, so that they mean the same to everybody.
        if (file.Encoded.Length > 0 && StringValues.IsNullOrEmpty(headers.Range))
        {
            foreach (var form in file.Encoded)
            {
                if (Accepts(headers.AcceptEncoding, form.Encoding.ToString()))
                {
                    return form;
                }
            }
        }

        return file.Plain;
    }

    public static bool IsKnown(SiteBody body, StringValues ifNoneMatch)
    {
        foreach (var value in ifNoneMatch)
        {
            foreach (var part in value.AsSpan().Split(','))
            {
                var tag = value.AsSpan()[part].Trim();
                tag = tag.StartsWith("W/") ? tag[2..] : tag;
                if (tag is "*" || tag.SequenceEqual(body.Tag.ToString()))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <returns>Null for the whole file; a length of 0 for a range that lies outside.</returns>
    public static (long From, long Length)? Range(SiteBody body, IHeaderDictionary headers)
    {
        if (StringValues.IsNullOrEmpty(headers.Range)
            || (!StringValues.IsNullOrEmpty(headers.IfRange) && headers.IfRange != body.Tag)
            || !RangeHeaderValue.TryParse(headers.Range.ToString(), out var ranges)
            || ranges.Unit != "bytes" || ranges.Ranges.Count != 1)
        {
            return null;
        }

        var range = ranges.Ranges.First();
        var from = range.From ?? Math.Max(0, body.Length - range.To!.Value);
        var to = range.From is null ? body.Length - 1 : Math.Min(range.To ?? long.MaxValue, body.Length - 1);
        return from > to ? (0, 0) : (from, to - from + 1);
    }

    private static bool Accepts(StringValues header, string encoding)
    {
        foreach (var value in header)
        {
            foreach (var part in value.AsSpan().Split(','))
            {
                var offer = value.AsSpan()[part].Trim();
                var end = offer.IndexOf(';');
                var name = end < 0 ? offer : offer[..end].TrimEnd();
                if (name.Equals(encoding, StringComparison.OrdinalIgnoreCase))
                {
                    return end < 0 || offer[(end + 1)..].Trim().TrimEnd('0') is not ("q=" or "q=0.");
                }
            }
        }

        return false;
    }
}
