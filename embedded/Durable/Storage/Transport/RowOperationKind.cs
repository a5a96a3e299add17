namespace BuildFunctions.Embedded.Durable.Storage.Transport;

internal enum RowOperationKind
{
    Insert,
    Merge,
    Replace,
    Delete,
}
