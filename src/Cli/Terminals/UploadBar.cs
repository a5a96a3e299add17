using System.Globalization;

namespace BuildFunctions.Cli.Terminals;

/// <summary>How far a transfer is, as a bar on the status line; one line when it is done, which also shows without a terminal.</summary>
internal sealed class UploadBar(Terminal terminal, long total) : IProgress<long>
{
    private const int Cells = 36;
    private int _shown = -1;

    public void Report(long value)
    {
        var percent = total == 0 ? 100 : (int)(value * 100 / total);
        if (percent != _shown)
        {
            _shown = percent;
            terminal.Status(Bar(percent));
        }
    }

    public void Done()
    {
        terminal.Status("");
        terminal.Say(terminal.ErrorIsTerminal ? Bar(100) : $"Uploaded {Measure.Size(total)}");
    }

    public void Broken() => terminal.Status("");

    private static string Bar(int percent)
    {
        var full = percent * Cells / 100;
        return string.Create(CultureInfo.InvariantCulture, $"[{new string('=', full)}{new string(' ', Cells - full)}] {percent}%");
    }
}
