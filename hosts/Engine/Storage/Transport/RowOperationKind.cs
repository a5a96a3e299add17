namespace BuildFunctions.Engine.Storage.Transport;

internal enum RowOperationKind
{
    Insert,
    Merge,
    Replace,
    Delete,
}
