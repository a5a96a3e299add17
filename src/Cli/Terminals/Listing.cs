using Spectre.Console;

namespace BuildFunctions.Cli.Terminals;

/// <summary>Rows under headings: a drawn table for people, tab-separated lines for programs.</summary>
internal sealed class Listing(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string?[] cells) =>
        _rows.Add([.. cells.Select(cell => SafeText.Clean(cell ?? "", keepColor: false).Replace('\t', ' ').Replace('\n', ' '))]);

    public void Write(Terminal terminal)
    {
        if (terminal.OutIsTerminal)
        {
            Draw(terminal);
            return;
        }

        terminal.Data(string.Join('\t', headings));
        foreach (var row in _rows)
        {
            terminal.Data(string.Join('\t', row));
        }
    }

    private void Draw(Terminal terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = terminal.Color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(terminal.Out),
        });
        console.Profile.Width = terminal.Width;
        var table = new Table().Border(TableBorder.Rounded).BorderStyle(new Style(Color.Grey));
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))));
        }

        foreach (var row in _rows)
        {
            table.AddRow(row.Select(cell => new Text(cell, new Style(ColorOf(cell)))));
        }

        console.Write(table);
    }

    private static Color ColorOf(string cell) => cell switch
    {
        "success" or "live" or "connected" => Color.Green,
        "failed" => Color.Red,
        "running" or "pending" => Color.Yellow,
        "cancelled" or "skipped" => Color.Grey,
        _ => Color.Default,
    };
}
