using BuildFunctions.Cli.Terminals;

namespace BuildFunctions.Cli.Tests;

/// <summary>Tables at every width: ids and addresses are whole, and no line of a table is wider than the terminal.</summary>
public sealed class ListingTests
{
    private const string Build = "bld_01k0000000000000000000000a";
    private const string Address = "http://a-rather-long-name-of-an-app.localhost:7071/";

    [Theory]
    [InlineData(160)]
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(0)]
    public void An_id_is_never_broken(int width)
    {
        var shown = Show(width, new("Build", Column.Text("App"), "Status", "Duration", Column.Extra("Waited"), Column.Extra("Time"), Column.Extra("Provider")), Build, "a-rather-long-name-of-an-app", "cancelled", "47s", "9s", "just now", "github");
        Assert.Contains(Build, shown, StringComparison.Ordinal);
        Assert.Contains("cancelled", shown, StringComparison.Ordinal);
        Assert.All(shown.Split('\n'), line => Assert.InRange(line.Length, 0, width == 0 ? 80 : width));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(80)]
    [InlineData(40)]
    public void An_address_is_never_broken(int width)
    {
        var shown = Show(width, new("App", Column.Extra("Live"), Column.Extra("Deployed"), "URL"), "a-rather-long-name-of-an-app", "dep_01k0000000000000000000000a", "2h ago", Address);
        Assert.Contains(Address, shown, StringComparison.Ordinal);
        Assert.Contains("a-rather-long-name-of-an-app", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_are_cut_between_words_and_never_in_an_id_that_they_begin_with()
    {
        var shown = Show(60, new("Event", Column.Text("Detail")), "replaced", $"{Build} is live since the last of all the deployments");
        Assert.Contains($"{Build}", shown, StringComparison.Ordinal);
        Assert.Contains("…", shown, StringComparison.Ordinal);
        Assert.All(shown.Split('\n'), line => Assert.InRange(line.Length, 0, 60));
    }

    [Fact]
    public void What_does_not_fit_is_written_a_line_a_fact()
    {
        var shown = Show(40, new("Deployment", "URL"), "dep_01k0000000000000000000000a", Address);
        Assert.Equal($"Deployment: dep_01k0000000000000000000000a\nURL:        {Address}\n\n", shown);
    }

    private static string Show(int width, Listing listing, params string[] row)
    {
        using var output = new StringWriter();
        listing.Add(row);
        listing.Write(new Terminal { In = TextReader.Null, Out = output, Error = TextWriter.Null, OutIsTerminal = true, Width = width });
        return System.Text.RegularExpressions.Regex.Replace(output.ToString(), "\x1b\\[[0-9;?]*[a-zA-Z]", "");
    }
}
