using System.Text;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Outgoing;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Sources;

/// <summary>
/// Finds where a repository is before git does: follows its redirects, each checked, and settles its addresses. git itself then follows nothing
/// and looks nothing up.
/// </summary>
public sealed class GitRemotes(GitOptions options, OutgoingClient client)
{
    private const string Refs = "/info/refs";

    internal async Task<GitRemote> FindAsync(string repo, string? token, CancellationToken cancellation)
    {
        var protocols = options.Protocols.Split(':');
        var scheme = Uri.TryCreate(repo, UriKind.Absolute, out var url) ? url.Scheme : null;
        if (scheme == Uri.UriSchemeFile && protocols.Contains(scheme) && url!.Host.Length == 0 && !repo.Any(char.IsControl))
        {
            return GitRemote.Local(repo);
        }

        if (scheme != Uri.UriSchemeHttps && scheme != Uri.UriSchemeHttp)
        {
            throw Refused("The repository must be a URL that starts with https://, such as https://github.com/owner/name.git; ssh://, git:// and git@… are not read.");
        }

        if (url!.Query.Length > 0 || url.Fragment.Length > 0)
        {
            throw Refused("The URL of a repository has no '?' and no '#'.");
        }

        return await FollowAsync(repo, token, cancellation);
    }

    private async Task<GitRemote> FollowAsync(string repo, string? token, CancellationToken cancellation)
    {
        var authorization = token is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("x-access-token:" + token));
        var request = new OutgoingRequest(HttpMethod.Get, $"{repo.TrimEnd('/')}{Refs}?service=git-upload-pack") { FollowRedirects = true, Authorization = authorization };
        var answer = await client.SendAsync(request, cancellation);
        if (answer.Target is not { Url: { } found } target)
        {
            throw Refused(answer.Failure ?? OutgoingGuard.Unreachable);
        }

        if (answer.Status != 200)
        {
            throw Refused($"The repository's server answered {answer.Status}{(answer.Status is 401 or 403 or 404 ? "; a private repository needs a token" : "")}.");
        }

        // Without git's own protocol, git would walk through files and be sent on to other hosts by them.
        if (!found.AbsolutePath.EndsWith(Refs, StringComparison.Ordinal) || !answer.Body.AsSpan().StartsWith("001e# service=git-upload-pack\n"u8))
        {
            throw Refused("This is not the address of a repository.");
        }

        var first = new Uri(repo);
        var same = found.Port == first.Port && found.Host.Equals(first.IdnHost.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);
        return GitRemote.At(found.GetLeftPart(UriPartial.Path)[..^Refs.Length], target, same ? authorization : null);
    }

    private static RejectedException Refused(string why) => new(ErrorCode.SourceInvalid, why);
}
