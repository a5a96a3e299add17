namespace BuildFunctions.Cli.Terminals;

/// <summary>The one way to a person or a program: data goes to standard output, words for people to standard error.</summary>
internal sealed class Terminal
{
    private const int UnknownWidth = 80;
    private const int NarrowestWidth = 20;

    private readonly Lock _writing = new();
    private string _status = "";

    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public bool InIsTerminal { get; init; }

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Off with NO_COLOR or TERM=dumb.</summary>
    public bool Color { get; init; }

    /// <summary>Some terminals say 0 when they do not know.</summary>
    public int Width { get; init => field = value <= 0 ? UnknownWidth : Math.Max(value, NarrowestWidth); } = UnknownWidth;

    /// <summary>A line for people.</summary>
    public void Say(string line) => WriteLine(Error, SafeText.Clean(line, keepColor: false));

    /// <summary>A line of a build's log for people, with its colours where the terminal shows them.</summary>
    public void SayLog(string line) => WriteLine(Error, SafeText.Clean(line, Color && ErrorIsTerminal));

    /// <summary>A line for programs.</summary>
    public void Data(string line) => WriteLine(Out, SafeText.Clean(line, keepColor: false));

    public void DataLog(string line) => WriteLine(Out, SafeText.Clean(line, Color && OutIsTerminal));

    /// <summary>A last line that the next call replaces; nothing without a terminal.</summary>
    public void Status(string text)
    {
        if (!ErrorIsTerminal)
        {
            return;
        }

        lock (_writing)
        {
            Erase();
            _status = SafeText.Clean(text, keepColor: false);
            Draw();
        }
    }

    private void WriteLine(TextWriter writer, string line)
    {
        lock (_writing)
        {
            Erase();
            writer.WriteLine(line);
            writer.Flush();
            Draw();
        }
    }

    private void Erase()
    {
        if (_status.Length > 0)
        {
            Error.Write("\r\x1b[K");
        }
    }

    private void Draw()
    {
        if (_status.Length > 0)
        {
            // A line that wraps could not be erased.
            Error.Write(_status.Length < Width ? _status : _status[..(Width - 1)]);
        }

        Error.Flush();
    }
}
