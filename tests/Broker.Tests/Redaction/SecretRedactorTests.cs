using System.Buffers;
using System.Text;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Broker.Secrets.Redaction;

namespace BuildFunctions.Broker.Tests.Redaction;

public sealed class SecretRedactorTests
{
    private const string Secret = "pa$$w0rd/\"with' odd+chars=é";
    private const string Key = "-----BEGIN TEST BLOCK-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\nab==\n-----END TEST BLOCK-----";

    public static TheoryData<string> Spellings => new()
    {
        Secret,
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + Secret + "tail")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("xy" + Secret + "\n")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Secret)),
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Secret)),
        Uri.EscapeDataString(Secret),
        "pa%24%24w0rd%2f%22with%27+odd%2bchars%3d%c3%a9",
        "pa%24%24w0rd%2F%22with'%20odd%2Bchars%3D%C3%A9",
        System.Text.Json.JsonSerializer.Serialize(Secret),
        System.Text.Json.JsonSerializer.Serialize(System.Text.Json.JsonSerializer.Serialize(Secret)),
        "pa$$w0rd/\\\"with' odd+chars=\\u00e9",
        "pa\\$\\$w0rd/\\\"with\\'\\ odd+chars=é",
        "'pa$$w0rd/\"with'\"'\"' odd+chars=é'",
        Encoding.UTF8.GetString(Encoding.BigEndianUnicode.GetBytes(Secret[..^1])),
        Encoding.UTF8.GetString(Encoding.Unicode.GetBytes(Secret[..^1])) + Encoding.UTF8.GetString([0]),
        string.Join("\u001b[1m", Secret.ToCharArray()),
        string.Join('\r', Secret.Chunk(3).Select(part => new string(part))),
        "\u001b]0;title\u0007" + Secret[..8] + "\u001b[31;1m" + Secret[8..],
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_secret_is_masked_in_every_spelling(string spelling)
    {
        var log = Filter(new([Secret, Secret[..^1]]), $"before {spelling} after\n");

        Assert.Contains("before ", log, StringComparison.Ordinal);
        Assert.Contains("***", log, StringComparison.Ordinal);
        Assert.EndsWith(" after\n", log, StringComparison.Ordinal);
        Assert.DoesNotContain("w0rd", log, StringComparison.Ordinal);
        Assert.DoesNotContain("chars", log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_masked_at_every_split_into_chunks()
    {
        var redactor = new SecretRedactor([Secret, Key]);
        var text = Encoding.UTF8.GetBytes($"a {Secret} b\r\n{Key}\nshort {Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))}\n\u001b[31mred\u001b[0m ok");
        var whole = Filter(redactor, text, text.Length);

        Assert.Equal("a *** b\n***\n***\n***\n***\n***\nshort ***\n\u001b[31mred\u001b[0m ok\n", whole);
        for (var split = 1; split < text.Length; split++)
        {
            Assert.Equal(whole, Filter(redactor, text, split));
        }
    }

    [Fact]
    public void Every_long_line_of_a_secret_is_masked_alone_and_short_ones_where_they_follow()
    {
        var redactor = new SecretRedactor([Key]);

        Assert.Equal("***\n", Filter(redactor, "BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n"));
        Assert.Equal("ab==\n", Filter(redactor, "ab==\n"));
        Assert.DoesNotContain("ab==", Filter(redactor, Key.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrapped_base64_of_a_long_secret_is_masked()
    {
        var secret = string.Concat(Enumerable.Range(0, 60).Select(number => $"{number:x2}q"));
        var wrapped = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret), Base64FormattingOptions.InsertLineBreaks);

        var log = Filter(new([secret]), wrapped + "\n");

        Assert.All(log.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.True(line.Replace("***", "", StringComparison.Ordinal).Length < 8, line));
    }

    [Theory]
    [InlineData("ghp_0123456789abcdefghijABCDEFGHIJ012345")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P")]
    [InlineData("npm_abcdefghijklmnopqrstuvwxyz0123456789")]
    public void A_well_known_token_is_masked_though_nobody_registered_it(string token) =>
        Assert.Equal("token=***;\n", Filter(new([]), $"token={token};\n"));

    [Fact]
    public void A_connection_string_keeps_its_name_and_loses_its_key() =>
        Assert.Equal("AccountName=x;AccountKey=***;Endpoint=y\n", Filter(new([]), $"AccountName=x;AccountKey={new string('k', 86)}==;Endpoint=y\n"));

    [Fact]
    public void An_unknown_private_key_is_masked_to_its_end() =>
        Assert.Equal("***\n***\n***\nafter\n", Filter(new([]), "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nafter\n"));

    [Fact]
    public void Short_secrets_are_left_alone_and_counted()
    {
        var redactor = new SecretRedactor(["true", "123456"]);

        Assert.Equal(1, redactor.Unmasked);
        Assert.Equal("true ***\n", Filter(redactor, "true 123456\n"));
    }

    [Fact]
    public void A_secret_over_the_cut_of_a_long_line_shows_nothing_of_itself()
    {
        var secret = new string('s', 10) + "-unusual-secret";
        for (var before = 70; before <= 110; before++)
        {
            var log = Filter(new([secret]), new string('.', before) + secret + new string('.', 300) + "\n", lineLimit: 100);
            Assert.DoesNotContain("ssssss", log, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_beginning_of_a_secret_at_the_end_of_the_log_is_masked() => Assert.Equal("key ***\n", Filter(new(["hunter2-secret"]), "key hunter2-s"));

    [Fact]
    public void Redact_masks_in_messages() => Assert.Equal("cannot reach ***@host\nsecond", new SecretRedactor([Secret]).Redact($"cannot reach {Secret}@host\nsecond"));

    private static string Filter(SecretRedactor redactor, string text, int lineLimit = 16384) => Filter(redactor, Encoding.UTF8.GetBytes(text), int.MaxValue, lineLimit);

    private static string Filter(SecretRedactor redactor, byte[] text, int split, int lineLimit = 16384)
    {
        var filter = new LogFilter(redactor, lineLimit, 0);
        var output = new ArrayBufferWriter<byte>();
        filter.Write(text.AsSpan(0, Math.Min(split, text.Length)), [], output);
        filter.Write(text.AsSpan(Math.Min(split, text.Length)), [], output);
        filter.Finish(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
