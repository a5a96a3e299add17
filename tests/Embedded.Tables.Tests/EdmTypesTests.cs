using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace BuildFunctions.Embedded.Tables.Tests;

public sealed class EdmTypesTests
{
    private static readonly DateTimeOffset _time = DateTimeOffset.Parse("2026-03-04T05:06:07.1234567Z", CultureInfo.InvariantCulture);

    public static TheoryData<string, object> Values => new()
    {
        { "empty", "" },
        { "text", "quotes ' \" back\\slash \r\n tab\t nul-free \u2028 emoji 😀 }{ --changeset_x http://x" },
        { "int min", int.MinValue },
        { "int max", int.MaxValue },
        { "long min", long.MinValue },
        { "long max", long.MaxValue },
        { "double", 0.1 },
        { "double whole", 5.0 },
        { "double small", double.Epsilon },
        { "double large", -1.5e300 },
        { "NaN", double.NaN },
        { "Infinity", double.PositiveInfinity },
        { "-Infinity", double.NegativeInfinity },
        { "true", true },
        { "false", false },
        { "guid", new Guid("0f8fad5b-d9cb-469f-a165-70867728950e") },
        { "time", _time },
        { "whole second", DateTimeOffset.UnixEpoch },
        { "binary", new byte[] { 0, 1, 254, 255 } },
        { "no bytes", Array.Empty<byte>() },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_dynamic_value_comes_back_as_it_went(string row, object value)
    {
        await using var table = await TestTable.CreateAsync();
        await table.Client.AddEntityAsync(new TableEntity("alone", row) { ["Value"] = value });
        await table.Client.SubmitTransactionAsync(
            [new(TableTransactionActionType.Add, new TableEntity("batch", row) { ["Value"] = value })]);

        foreach (var partition in (string[])["alone", "batch"])
        {
            TableEntity entity = await table.Client.GetEntityAsync<TableEntity>(partition, row);
            Assert.Equal(value.GetType(), entity["Value"].GetType());
            Assert.Equal(value, entity["Value"]);
        }
    }

    [Fact]
    public async Task A_typed_entity_comes_back_as_it_went()
    {
        await using var table = await TestTable.CreateAsync();
        var sent = Full();
        var added = await table.Client.AddEntityAsync(sent);

        AllTypes got = await table.Client.GetEntityAsync<AllTypes>("p", "r");

        Assert.Equivalent(Properties(sent), Properties(got), strict: true);
        Assert.Equal("named", got.Renamed);
        Assert.Null(got.Ignored);
        Assert.Equal(added.Headers.ETag, got.ETag);
        Assert.InRange(got.Timestamp!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.Equal(204, added.Status);
    }

    [Fact]
    public async Task The_table_keeps_the_names_and_types_that_the_attributes_say()
    {
        await using var table = await TestTable.CreateAsync();
        await table.Client.AddEntityAsync(Full());

        TableEntity got = await table.Client.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal("named", got["renamed_column"]);
        Assert.Equal("Friday", got["Day"]);
        Assert.Equal(8L, got["Int64"]);
        Assert.Equal(8, got["Computed"]);
        Assert.DoesNotContain("Ignored", got.Keys);
        Assert.DoesNotContain("MaybeDay", got.Keys);
        Assert.DoesNotContain(got.Keys, key => key.Contains('@') || key == "odata.metadata");
    }

    [Fact]
    public async Task Nulls_are_not_kept_and_come_back_null()
    {
        await using var table = await TestTable.CreateAsync();
        await table.Client.AddEntityAsync(new AllTypes());

        AllTypes got = await table.Client.GetEntityAsync<AllTypes>("p", "r");

        Assert.Equal((null, null, null, null, null), (got.Text, got.Bytes, got.MaybeInt32, got.MaybeTime, got.Data));
    }

    [Fact]
    public async Task Time_with_an_offset_is_kept_as_utc()
    {
        await using var table = await TestTable.CreateAsync();
        await table.Client.AddEntityAsync(new TableEntity("p", "r") { ["At"] = _time.ToOffset(TimeSpan.FromHours(9)) });

        TableEntity got = await table.Client.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal(_time, got.GetDateTimeOffset("At"));
        Assert.Equal(_time.UtcDateTime, got.GetDateTime("At"));
        Assert.Equal(DateTimeKind.Utc, got.GetDateTime("At")!.Value.Kind);
    }

    [Fact]
    public async Task A_local_DateTime_is_refused()
    {
        await using var table = await TestTable.CreateAsync();
        var entity = new TableEntity("p", "r") { ["At"] = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local) };

        await Assert.ThrowsAsync<NotSupportedException>(() => table.Client.AddEntityAsync(entity));
        await table.Client.AddEntityAsync(new TableEntity("p", "after a writer was thrown away"));
    }

    [Fact]
    public async Task A_type_that_the_service_has_not_is_refused_by_name()
    {
        await using var table = await TestTable.CreateAsync();
        var exception = await Assert.ThrowsAsync<NotSupportedException>(
            () => table.Client.AddEntityAsync(new TableEntity("p", "r") { ["Odd"] = new Version(1, 0) }));
        Assert.Contains("Odd", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_of_another_type_is_an_error_that_names_it()
    {
        await using var table = await TestTable.CreateAsync();
        await table.Client.AddEntityAsync(new TableEntity("p", "r") { ["Int32"] = "not a number" });
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => table.Client.GetEntityAsync<AllTypes>("p", "r"));
        Assert.Contains("Int32", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Select_reads_only_what_it_names()
    {
        await using var table = await TestTable.CreateAsync();
        await table.Client.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });

        TableEntity got = await table.Client.GetEntityAsync<TableEntity>("p", "r", ["B"]);

        Assert.False(got.ContainsKey("A"));
        Assert.Equal(2, got["B"]);
        Assert.NotEqual(default, got.ETag);
    }

    private static AllTypes Full() => new()
    {
        Text = "text 😀",
        Int32 = 7,
        Int64 = 8,
        Double = double.NegativeInfinity,
        Boolean = true,
        Guid = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
        Time = _time,
        Utc = _time.UtcDateTime,
        Bytes = [1, 2, 3],
        Data = BinaryData.FromBytes(new byte[] { 4, 5 }),
        Day = DayOfWeek.Friday,
        MaybeInt32 = 9,
        MaybeInt64 = long.MaxValue,
        MaybeDouble = 2,
        MaybeBoolean = false,
        MaybeGuid = Guid.Empty,
        MaybeTime = _time,
        Renamed = "named",
        Ignored = "not sent",
    };

    private static Dictionary<string, object?> Properties(AllTypes entity) => typeof(AllTypes).GetProperties()
        .Where(property => property.Name is not (nameof(ITableEntity.Timestamp) or nameof(ITableEntity.ETag) or "Ignored"))
        .ToDictionary(
            property => property.Name,
            property => property.GetValue(entity) is BinaryData data ? data.ToArray() : property.GetValue(entity));
}
