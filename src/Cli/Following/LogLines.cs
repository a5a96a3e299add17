using System.Text;

namespace BuildFunctions.Cli.Following;

/// <summary>Makes whole lines of pieces; a line without an end is cut, not kept growing.</summary>
internal sealed class LogLines(Action<string> write)
{
    private const int LongestLine = 64 * 1024;

    private readonly StringBuilder _rest = new();

    public void Add(string piece)
    {
        var from = 0;
        for (int end; (end = piece.IndexOf('\n', from)) >= 0; from = end + 1)
        {
            _rest.Append(piece, from, end - from);
            Write();
        }

        _rest.Append(piece, from, piece.Length - from);
        if (_rest.Length > LongestLine)
        {
            Write();
        }
    }

    public void End()
    {
        if (_rest.Length > 0)
        {
            Write();
        }
    }

    private void Write()
    {
        var line = _rest.ToString().TrimEnd('\r');
        _rest.Clear();

        // A carriage return starts the line again: what a terminal would show in the end is behind the last one.
        write(line[(line.LastIndexOf('\r') + 1)..]);
    }
}
