using BuildFunctions.Testing.SecretScan;

// SecretScan LIST PATH…: looks in files and folders for the canaries of a test run; 1 when one is there, 2 when there was nothing to look at.
var canaries = Canary.ReadList(args[0]);
var scanner = new SecretScanner(canaries);
foreach (var path in args[1..])
{
    if (Directory.Exists(path))
    {
        scanner.LookAtFolder(path);
    }
    else if (File.Exists(path))
    {
        scanner.LookAtFile(path);
    }
}

foreach (var finding in scanner.Findings)
{
    Console.WriteLine($"The secret '{finding.Canary}' is in {finding.Place} ({finding.Spelling}).");
}

Console.WriteLine($"{canaries.Count} canaries, {scanner.Places} places, {scanner.Bytes >> 20} MiB: {scanner.Findings.Count} found");
return scanner.Findings.Count > 0 ? 1 : canaries.Count == 0 || scanner.Places == 0 ? 2 : 0;
