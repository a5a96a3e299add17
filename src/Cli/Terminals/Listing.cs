using Spectre.Console;

namespace BuildFunctions.Cli.Terminals;

/// <summary>Rows under headings: a drawn table for people, a block of lines a row where the terminal is too narrow for one, tab-separated lines for programs.</summary>
internal sealed class Listing(params Column[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string?[] cells) =>
        _rows.Add([.. cells.Select(cell => SafeText.Clean(cell ?? "", keepColor: false).Replace('\t', ' ').Replace('\n', ' '))]);

    public void Write(Terminal terminal)
    {
        if (terminal.OutIsTerminal && TableLayout.Fit(columns, _rows, terminal.Width) is { } shown)
        {
            Draw(terminal, shown);
            return;
        }

        if (terminal.OutIsTerminal)
        {
            WriteBlocks(terminal);
            return;
        }

        terminal.Data(string.Join('\t', columns.Select(column => column.Heading)));
        foreach (var row in _rows)
        {
            terminal.Data(string.Join('\t', row));
        }
    }

    private void Draw(Terminal terminal, IReadOnlyList<FittedColumn> shown)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = terminal.Color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(terminal.Out),
        });
        console.Profile.Width = terminal.Width;
        var table = new Table().Border(TableBorder.Rounded).BorderStyle(new Style(Color.Grey));
        foreach (var (index, width) in shown)
        {
            table.AddColumn(new TableColumn(new Text(columns[index].Heading, new Style(decoration: Decoration.Bold))) { Width = width, NoWrap = true });
        }

        foreach (var row in _rows)
        {
            table.AddRow(shown.Select(column => new Text(TableLayout.Cut(row[column.Index], column.Width), new Style(ColorOf(row[column.Index])))));
        }

        console.Write(table);
    }

    private void WriteBlocks(Terminal terminal)
    {
        var widest = columns.Max(column => column.Heading.Length);
        foreach (var row in _rows)
        {
            for (var index = 0; index < columns.Length; index++)
            {
                if (row[index].Length > 0)
                {
                    terminal.Data($"{(columns[index].Heading + ":").PadRight(widest + 1)} {row[index]}");
                }
            }

            terminal.Data("");
        }
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
