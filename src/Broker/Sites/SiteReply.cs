using System.Buffers;
using System.Security.Cryptography;
using Azure;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Broker.Sites;

internal static class SiteReply
{
    private const int CopyBytes = 80 * 1024;

    /// <summary>Not there, not there any more, or not as it was deployed.</summary>
    public static Task NotFoundAsync(HttpResponse response, int status = StatusCodes.Status404NotFound)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(status switch
        {
            StatusCodes.Status410Gone => "Gone\n",
            StatusCodes.Status503ServiceUnavailable => "Damaged in storage\n",
            _ => "Not found\n",
        });
    }

    /// <summary>On the broker's own name a page must not act as the broker's: it gets an origin that is nobody's.</summary>
    public static void Isolate(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = "sandbox allow-scripts allow-forms allow-modals allow-popups allow-downloads";
        response.Headers.AccessControlAllowOrigin = "*";
    }

    public static async Task FileAsync(HttpContext context, SiteContents contents, string pack, SiteFile file, int status)
    {
        var (request, response) = (context.Request, context.Response);
        var body = SiteNegotiation.Form(file, request.Headers);
        if (status == StatusCodes.Status200OK && SiteNegotiation.IsKnown(body, request.Headers.IfNoneMatch))
        {
            Describe(response, file, body);
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var range = status == StatusCodes.Status200OK ? SiteNegotiation.Range(body, request.Headers) : null;
        if (range is { Length: 0 })
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = $"bytes */{body.Length}";
            return;
        }

        var (from, length) = range ?? (0, body.Length);
        response.StatusCode = range is null ? status : StatusCodes.Status206PartialContent;
        if (range is not null)
        {
            response.Headers.ContentRange = $"bytes {from}-{from + length - 1}/{body.Length}";
        }

        if (HttpMethods.IsHead(request.Method))
        {
            Describe(response, file, body, length);
        }
        else
        {
            await SendAsync(context, contents, pack, file, body, from, length);
        }
    }

    private static async Task SendAsync(HttpContext context, SiteContents contents, string pack, SiteFile file, SiteBody body, long from, long length)
    {
        var response = context.Response;
        Stream? stream = null;
        byte[]? bytes = null;
        try
        {
            if (!contents.TryGet(pack, body, out bytes))
            {
                bytes = contents.IsSmall(body) ? await contents.ReadAsync(pack, body, context.RequestAborted) : null;
                stream = bytes is null ? await contents.OpenAsync(pack, body.Offset + from, length, context.RequestAborted) : null;
            }
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            response.Headers.ContentRange = default;
            await NotFoundAsync(response, StatusCodes.Status410Gone);
            return;
        }
        catch (InvalidDataException)
        {
            response.Headers.ContentRange = default;
            await NotFoundAsync(response, StatusCodes.Status503ServiceUnavailable);
            return;
        }

        Describe(response, file, body, length);
        if (bytes is not null)
        {
            await response.Body.WriteAsync(bytes.AsMemory((int)from, (int)length), context.RequestAborted);
            return;
        }

        await using (stream)
        {
            await CopyAsync(stream!, context, length == body.Length ? body.Sha256 : null);
        }
    }

    /// <summary>The last part is sent only when the whole was what was deployed: else the reader sees that it broke off.</summary>
    private static async Task CopyAsync(Stream stream, HttpContext context, string? sha256)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (next, held) = (ArrayPool<byte>.Shared.Rent(CopyBytes), ArrayPool<byte>.Shared.Rent(CopyBytes));
        try
        {
            var holds = 0;
            for (int read; (read = await stream.ReadAsync(next, context.RequestAborted)) > 0; (next, held, holds) = (held, next, read))
            {
                hash.AppendData(next, 0, read);
                await context.Response.Body.WriteAsync(held.AsMemory(0, holds), context.RequestAborted);
            }

            if (sha256 is null || Convert.ToHexStringLower(hash.GetHashAndReset()) == sha256)
            {
                await context.Response.Body.WriteAsync(held.AsMemory(0, holds), context.RequestAborted);
            }
            else
            {
                context.Abort();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(next);
            ArrayPool<byte>.Shared.Return(held);
        }
    }

    private static void Describe(HttpResponse response, SiteFile file, SiteBody body, long? length = null)
    {
        var headers = response.Headers;
        headers.ETag = body.Tag;
        headers.CacheControl = response.StatusCode == StatusCodes.Status404NotFound ? "no-cache" : file.Caching;
        if (file.Encoded.Length > 0)
        {
            headers.Vary = "Accept-Encoding";
        }

        if (length is not null)
        {
            headers.ContentType = file.Type;
            headers.ContentEncoding = body.Encoding;
            headers.AcceptRanges = "bytes";
            response.ContentLength = length;
        }
    }
}
