namespace BuildFunctions.Cli.Terminals;

/// <summary>A column that is shown, and how wide.</summary>
internal readonly record struct FittedColumn(int Index, int Width);
