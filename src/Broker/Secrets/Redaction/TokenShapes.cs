using System.Buffers;

namespace BuildFunctions.Broker.Secrets.Redaction;

/// <summary>The tokens that are recognised, by the alphabets and lengths that their vendors give them.</summary>
internal static class TokenShapes
{
    private const int Any = int.MaxValue;

    private static readonly SearchValues<byte> _letters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);
    private static readonly SearchValues<byte> _word = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);
    private static readonly SearchValues<byte> _url = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);
    private static readonly SearchValues<byte> _parts = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8);
    private static readonly SearchValues<byte> _slack = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);
    private static readonly SearchValues<byte> _upper = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);
    private static readonly SearchValues<byte> _hex = SearchValues.Create("0123456789abcdef"u8);
    private static readonly SearchValues<byte> _base64 = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=%"u8);
    private static readonly SearchValues<byte> _fly = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_,"u8);
    private static readonly SearchValues<byte> _registry = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.+/="u8);

    public static IReadOnlyList<TokenShape> Known { get; } = [.. Code(), .. Services(), .. Clouds(), .. WebTokens()];

    private static IEnumerable<TokenShape> Code() =>
    [
        .. Several("a GitHub token", _letters, 36, "ghp_", "gho_", "ghu_", "ghs_").Select(shape => shape with { Checked = true }),
        new("a GitHub token", "ghr_", _letters, 36, 76) { Like = TokenForms.IsRandom },
        new("a GitHub token", "github_pat_", _word, 82, 82) { Like = TokenForms.IsFineGrained },
        .. Several("an npm token", _letters, 36, "npm_").Select(shape => shape with { Checked = true }),
        .. Several("a GitLab token", _url, 20, "glpat-", "gldt-", "glrt-", "glft-", "glsoat-"),
        new("a GitLab token", "glpat-", _parts, 37, 320) { Like = TokenForms.IsRandom },
        new("a GitLab token", "glrt-", _parts, 37, 320) { Like = TokenForms.IsRandom },
        .. Several("a GitLab token", _hex, 40, "glptt-"),
        new("a PyPI token", "pypi-AgEIcHlwaS5vcmc", _url, 50, 1000) { Like = TokenForms.IsVaried },
        .. Several("a RubyGems key", _hex, 48, "rubygems_"),
        .. Several("a Docker Hub token", _url, 27, "dckr_pat_"),
        new(null, "_authToken=", _registry, 16, Any) { KeepPrefix = true, Like = TokenForms.IsRandom },
    ];

    private static IEnumerable<TokenShape> Services() =>
    [
        .. new[] { "sk_live_", "rk_live_" }.Select(
            prefix => new TokenShape("a Stripe key", prefix, _letters, 24, 247) { Like = TokenForms.IsRandom }),
        .. new[] { "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxe-", "xapp-" }.Select(
            prefix => new TokenShape("a Slack token", prefix, _slack, 20, 300) { Like = TokenForms.IsSlack }),
        .. Several("a Shopify token", _hex, 32, "shpat_", "shpca_", "shppa_", "shpss_"),
        new("an Anthropic key", "sk-ant-api03-", _url, 95, 95) { Like = TokenForms.IsRandom },
        new("an OpenAI key", "sk-proj-", _url, 124, 156) { Like = TokenForms.IsRandom },
        .. Several("a Databricks token", _hex, 32, "dapi"),
    ];

    private static IEnumerable<TokenShape> Clouds() =>
    [
        .. Several("an AWS access key", _upper, 16, "AKIA", "ASIA").Select(shape => shape with { Like = TokenForms.IsVaried }),
        .. Several(null, _url, 35, "AIza"),
        .. Several("a DigitalOcean token", _hex, 64, "dop_v1_", "doo_v1_", "dor_v1_"),
        .. new[] { "FlyV1 fm1", "FlyV1 fm2", "FlyV1 fo1" }.Select(
            prefix => new TokenShape("a Fly token", prefix, _fly, 40, Any) { Like = TokenForms.IsRandom }),
        new("a storage account key", "AccountKey=", _base64, 40, 140) { KeepPrefix = true, Like = TokenForms.IsPadded },
        new("a shared access key", "SharedAccessKey=", _base64, 40, 140) { KeepPrefix = true, Like = TokenForms.IsPadded },
    ];

    // Base64 of JSON: tokens by their header, and settings that hold passwords by the name that they begin with.
    private static IEnumerable<TokenShape> WebTokens() =>
    [
        .. "hijlqrw0146".Select(third => new TokenShape(null, $"eyJ{third}", _parts, 20, int.MaxValue) { Begins = TokenForms.IsWebToken }),
        new("passwords of container registries", "eyJhdXRocyI6", _base64, 20, Any),
        new("a service account's key", "eyJ0eXBlIjoic2VydmljZV9hY2NvdW50", _base64, 40, Any),
        new("a Grafana key", "eyJrIjoi", _base64, 70, 400),
    ];

    /// <summary>So many characters, no more and no fewer, that look like chance.</summary>
    private static IEnumerable<TokenShape> Several(string? what, SearchValues<byte> rest, int length, params string[] prefixes) =>
        prefixes.Select(prefix => new TokenShape(what, prefix, rest, length, length) { Like = TokenForms.IsRandom });
}
