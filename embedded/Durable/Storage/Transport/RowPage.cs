namespace BuildFunctions.Embedded.Durable.Storage.Transport;

internal sealed record RowPage(IReadOnlyList<Row> Rows, string? Continuation);
