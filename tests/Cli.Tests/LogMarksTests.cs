using BuildFunctions.Cli.Following;

namespace BuildFunctions.Cli.Tests;

public sealed class LogMarksTests
{
    [Theory]
    [InlineData("added 12 packages", "added 12 packages")]
    [InlineData("\u241E attempt 1", null)]
    [InlineData("\u241E step install 2026-01-01T00:00:00Z", null)]
    [InlineData("\u241E gap 4096", "(4096 bytes of the log were not kept)")]
    public void ForWatchers_Line_IsWhatIsShown(string line, string? shown) => Assert.Equal(shown, LogMarks.ForWatchers(line));

    [Theory]
    [InlineData("added 12 packages", "added 12 packages")]
    [InlineData("\u241E attempt 1", "--- attempt 1 ---")]
    [InlineData("\u241E step install 2026-01-01T00:00:00Z", "--- install, 2026-01-01T00:00:00Z ---")]
    [InlineData("\u241E gap 4096", "(4096 bytes of the log were not kept)")]
    [InlineData("\u241E of a later version", "--- of a later version ---")]
    public void ForReaders_Line_IsInWords(string line, string shown) => Assert.Equal(shown, LogMarks.ForReaders(line));
}
