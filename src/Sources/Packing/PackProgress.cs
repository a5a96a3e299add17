namespace BuildFunctions.Sources.Packing;

public readonly record struct PackProgress(int Files, int TotalFiles, long BytesRead, long BytesWritten);
