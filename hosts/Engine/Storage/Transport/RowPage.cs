namespace BuildFunctions.Engine.Storage.Transport;

internal sealed record RowPage(IReadOnlyList<Row> Rows, string? Continuation);
