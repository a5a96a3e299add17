using BuildFunctions.Broker.Archives;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Tests.Archives;

public sealed class ArchiveFormTests
{
    private static TarBuilder Sample => new TarBuilder().File("index.html", new string('h', 3000)).File("a/b.js", "js");

    [Fact]
    public async Task Plain_tar_and_gzip_in_any_number_of_members_read_the_same()
    {
        var tar = Sample.Tar();
        byte[] members = [.. TarBuilder.Gzip(tar[..700]), .. TarBuilder.Gzip(tar[700..1024]), .. TarBuilder.Gzip([]), .. TarBuilder.Gzip(tar[1024..])];
        var expected = await Sample.ReadAsync();
        Assert.Equal(expected, await Reading.ReadAsync(tar));
        Assert.Equal(expected, await Reading.ReadAsync(members));
        Assert.Equal(expected, await Reading.ReadAsync(members, chunk: 1));
    }

    [Fact]
    public async Task An_archive_cut_anywhere_is_refused()
    {
        var whole = Sample.TarGz();
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Equal(ErrorCode.ArtifactInvalid, (await Reading.RefusalAsync(whole[..length])).Code);
        }

        var tar = Sample.Tar();
        foreach (var length in Enumerable.Range(0, tar.Length / 256).Select(i => i * 256))
        {
            await Reading.RefusalAsync(tar[..length]);
        }
    }

    [Fact]
    public async Task Bytes_behind_the_end_are_refused()
    {
        await Reading.RefusalAsync([.. Sample.TarGz(), 1]);
        await Reading.RefusalAsync([.. Sample.TarGz(), .. new byte[20_000]]);
        await Reading.RefusalAsync([.. Sample.Tar(), 1]);
        await Reading.RefusalAsync([.. Sample.Tar(), .. Sample.Tar()]);
        await Reading.RefusalAsync([.. Sample.TarGz(), .. Sample.TarGz()]);
        Assert.Equal(2, (await Reading.ReadAsync([.. Sample.Tar(), .. new byte[8192]])).Count);
    }

    [Fact]
    public async Task A_wrong_CRC_length_or_header_sum_is_refused()
    {
        foreach (var fromEnd in new[] { 8, 4 })
        {
            var damaged = Sample.TarGz();
            damaged[^fromEnd] ^= 1;
            await Reading.RefusalAsync(damaged);
        }

        var tar = Sample.Tar();
        tar[0] ^= 1;
        await Reading.RefusalAsync(tar);
    }

    [Fact]
    public async Task A_header_that_says_less_than_there_is_is_refused() =>
        await new TarBuilder().Entry('0', "a", new byte[2000].Select(_ => (byte)'a').ToArray(), size: 10).RefusalAsync();

    [Theory]
    [InlineData("")]
    [InlineData("not an archive at all")]
    public async Task Other_things_are_refused(string text) => await Reading.RefusalAsync(System.Text.Encoding.UTF8.GetBytes(text));

    [Fact]
    public async Task A_negative_size_is_refused()
    {
        var block = new byte[512];
        "a"u8.CopyTo(block);
        block.AsSpan(124, 12).Fill(0xFF);
        block[156] = (byte)'0';
        await new TarBuilder().Raw(TarBuilder.Sealed(block)).RefusalAsync();
    }

    [Fact]
    public async Task An_extended_header_with_nothing_behind_it_is_refused() => await new TarBuilder().File("a").Pax(("path", "b")).RefusalAsync();

    [Fact]
    public async Task Reading_ends_when_its_time_is_over() =>
        Assert.Contains("took longer", (await Sample.RefusalAsync(ArchiveOptions.Artifact with { MaxDuration = TimeSpan.FromTicks(-1) })).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(60)]
    public async Task A_sender_that_falls_silent_is_left_when_its_time_is_over(int sent)
    {
        var stream = new SilentStream(Sample.TarGz()[..sent]);
        var limits = ArchiveOptions.Artifact with { MaxDuration = TimeSpan.FromMilliseconds(100) };

        var refusal = await Assert.ThrowsAsync<RejectedException>(() => ReadAsync(stream, limits, CancellationToken.None));

        Assert.Contains("took longer", refusal.Message);
    }

    [Fact]
    public async Task Reading_can_be_given_up()
    {
        using var enough = new CancellationTokenSource();
        var reading = ReadAsync(new SilentStream(Sample.TarGz()[..60]), ArchiveOptions.Artifact, enough.Token);

        await enough.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static async Task ReadAsync(Stream stream, ArchiveOptions limits, CancellationToken cancellation)
    {
        await using var reader = await ArchiveReader.OpenAsync(stream, ArchiveKind.Source, limits, TimeProvider.System, cancellation);
        while (await reader.NextAsync(cancellation) is not null)
        {
        }
    }

    /// <summary>Never ends and never goes on.</summary>
    private sealed class SilentStream(byte[] start) : MemoryStream(start)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default)
        {
            if (Position == Length)
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            return await base.ReadAsync(buffer, cancellation);
        }
    }
}
