using System.Buffers;
using System.IO.Hashing;
using System.Text;
using BuildFunctions.Broker.Logs;

namespace BuildFunctions.Broker.Tests.Redaction;

/// <summary>Tokens that nobody registered are found by their vendors' alphabets, lengths and checksums; ordinary text is left as it
/// is.</summary>
public sealed class TokenShapeTests
{
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Hex = "0123456789abcdef";
    private const string Url = Letters + "-_";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static readonly (string Name, Func<Random, string> Make)[] _vendors =
    [
        .. new[] { "ghp_", "gho_", "ghu_", "ghs_", "npm_" }.Select(
            prefix => (prefix, (Func<Random, string>)(random => Checked(random, prefix)))),
        ("ghr_", random => "ghr_" + Some(random, 76, Letters)),
        ("github_pat_", random => $"github_pat_{Some(random, 22, Letters)}_{Some(random, 59, Letters)}"),
        ("glpat-", random => "glpat-" + Some(random, 20, Url)),
        ("glpat- with a route", random => $"glpat-{Some(random, 40, Url)}.01.{Some(random, 9, Letters.ToLowerInvariant())}"),
        ("glptt-", random => "glptt-" + Some(random, 40, Hex)),
        ("pypi", random => "pypi-AgEIcHlwaS5vcmc" + Some(random, 150, Url)),
        ("rubygems_", random => "rubygems_" + Some(random, 48, Hex)),
        ("dckr_pat_", random => "dckr_pat_" + Some(random, 27, Url)),
        ("sk_live_", random => "sk_live_" + Some(random, 24, Letters)),
        ("rk_live_", random => "rk_live_51" + Some(random, 97, Letters)),
        ("xoxb-", random => $"xoxb-{Some(random, 12, "0123456789")}-{Some(random, 13, "0123456789")}-{Some(random, 24, Letters)}"),
        ("xoxp-", random => $"xoxp-{Some(random, 11, "0123456789")}-{Some(random, 11, "0123456789")}-{Some(random, 12, "0123456789")}-{Some(random, 32, Hex)}"),
        ("xapp-", random => $"xapp-1-A{Some(random, 10, Upper)}-{Some(random, 13, "0123456789")}-{Some(random, 64, Hex)}"),
        ("shpat_", random => "shpat_" + Some(random, 32, Hex)),
        ("sk-ant-", random => $"sk-ant-api03-{Some(random, 93, Url)}AA"),
        ("sk-proj-", random => $"sk-proj-{Some(random, 74, Url)}T3BlbkFJ{Some(random, 74, Url)}"),
        ("dapi", random => "dapi" + Some(random, 32, Hex)),
        ("AKIA", random => "AKIA" + Some(random, 16, Upper)),
        ("ASIA", random => "ASIA" + Some(random, 16, Upper)),
        ("AIza", random => "AIza" + Some(random, 35, Url)),
        ("dop_v1_", random => "dop_v1_" + Some(random, 64, Hex)),
        ("FlyV1", random => $"FlyV1 fm2_{Some(random, 200, Letters)}==,fm2_{Some(random, 100, Letters)}"),
        ("JWT", random =>
            $"{Base64("""{"typ":"JWT","alg":"ES256"}""")}.{Base64($$"""{"sub":"{{Some(random, 20, Hex)}}"}""")}.{Some(random, 86, Url)}"),
        ("JWT that names its key first",
            random => $"{Base64("""{"kid":"1","alg":"RS256"}""")}.{Base64("""{"aud":"x"}""")}.{Some(random, 342, Url)}"),
        ("auths", random => Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"auths\":{\"registry.example\":{\"auth\":\"" + Some(random, 40, Letters) + "\"}}}"))),
        ("service account",
            random => Convert.ToBase64String(
                Encoding.UTF8.GetBytes($$"""{"type":"service_account","private_key":"{{Some(random, 90, Letters)}}"}"""))),
    ];

    public static TheoryData<string> Vendors => [.. _vendors.Select(vendor => vendor.Name)];

    [Theory]
    [MemberData(nameof(Vendors))]
    public void Each_of_a_vendors_tokens_is_found_wherever_it_stands(string name)
    {
        var random = new Random(name.Length);
        var make = _vendors.First(vendor => vendor.Name == name).Make;
        for (var round = 0; round < 200; round++)
        {
            var token = make(random);
            Assert.Equal("a *** b\n", Filter($"a {token} b\n"));
            Assert.Equal("TOKEN=***\n", Filter($"TOKEN={token}\n"));
            Assert.Equal("{\"token\":\"***\"}\n", Filter($"{{\"token\":\"{token}\"}}\n"));
            Assert.Equal("\"first\\n***\\n\"\n", Filter($"\"first\\n{token}\\n\"\n"));
            Assert.Equal("https://x/?t%3D***&a=1\n", Filter($"https://x/?t%3D{token}&a=1\n"));
        }
    }

    [Fact]
    public void A_token_with_a_checksum_is_found_inside_other_letters()
    {
        var token = Checked(new Random(1), "ghp_");
        Assert.Equal("xx***yy\n", Filter($"xx{token}yy\n"));
        Assert.DoesNotContain("***", Filter($"xx{token[..^1]}{(token[^1] == '0' ? '1' : '0')}yy\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("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")]
    public void A_published_sample_of_the_checksum_holds(string token) => Assert.Equal("x***y\n", Filter($"x{token}y\n"));

    [Theory]
    [MemberData(nameof(Vendors))]
    public void A_token_that_the_end_of_a_long_line_cuts_shows_nothing_of_itself(string name)
    {
        var token = _vendors.First(vendor => vendor.Name == name).Make(new Random(7));
        var begin = Math.Min(40, token.Length - 6);
        var log = Filter(new string('.', 100 - begin) + token + new string('.', 300) + "\n", lineLimit: 100);
        Assert.DoesNotContain(token[..begin], log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("npm_config_update_notifier=false")]
    [InlineData("npm_package_scripts_prebuild_production_only=true")]
    [InlineData("ghp_token_from_the_environment_is_used_here")]
    [InlineData("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")]
    [InlineData("glpat-rotation-policy-v2-enabled")]
    [InlineData("xoxb-your-bot-token-goes-here-please")]
    [InlineData("sk_live_mode_is_off_in_this_environment_1")]
    [InlineData("ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("AKIAXXXXXXXXXXXXXXXX ASIA_PACIFIC_REGION_1")]
    [InlineData("_authToken=undefined _authToken=${NPM_TOKEN}")]
    [InlineData("eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbInNyYy9hLmpzIl0sIm5hbWVzIjpbXX0=")]
    [InlineData("eyJuYW1lIjoiYSIsImFsZ29yaXRobSI6InNoYTI1NiIsImZpbGVzIjpbXX0.map.js")]
    public void A_name_or_placeholder_is_left_as_it_is(string text) => Assert.Equal(text + "\n", Filter(text + "\n"));

    [Fact]
    public void Ordinary_logs_of_many_tools_are_left_as_they_are()
    {
        var lines = Enumerable.Range(0, 20).SelectMany(seed => new OrdinaryLog(seed).Lines(1000)).ToArray();
        var shown = Filter(string.Join('\n', lines) + "\n").Split('\n')[..^1];

        var changed = lines.Zip(shown).Where(pair => pair.First != pair.Second).Select(pair => $"{pair.First} → {pair.Second}");
        Assert.Empty(changed);
        Assert.Equal(lines.Length, shown.Length);
    }

    private static string Checked(Random random, string prefix)
    {
        var text = Some(random, 30, Letters);
        var sum = Crc32.HashToUInt32(Encoding.ASCII.GetBytes(text));
        var digits = "";
        for (var i = 0; i < 6; i++, sum /= 62)
        {
            digits = Letters[(int)(sum % 62)] + digits;
        }

        return prefix + text + digits;
    }

    private static string Some(Random random, int length, string alphabet) => new(random.GetItems(alphabet.ToCharArray(), length));

    private static string Base64(string json) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Filter(string text, int lineLimit = 16384)
    {
        var filter = new LogFilter(new([]), lineLimit, 0);
        var output = new ArrayBufferWriter<byte>();
        filter.Write(Encoding.UTF8.GetBytes(text), [], output);
        filter.Finish(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
