using System.Globalization;
using System.Linq.Expressions;
using Azure.Data.Tables;

namespace BuildFunctions.Embedded.Tables.Tests;

public sealed class FilterTests
{
    private static readonly Guid _guid = new("0f8fad5b-d9cb-469f-a165-70867728950e");
    private static readonly DateTimeOffset _time = DateTimeOffset.Parse("2026-03-04T05:06:07.5Z", CultureInfo.InvariantCulture);

    // Rows 1, 2 and 3 hold their number in every type.
    public static TheoryData<string, Expression<Func<AllTypes, bool>>, string> Typed => new()
    {
        { "eq", e => e.Int32 == 2, "2" },
        { "ne", e => e.Int32 != 2, "1,3" },
        { "lt", e => e.Int32 < 2, "1" },
        { "le", e => e.Int32 <= 2, "1,2" },
        { "gt", e => e.Int32 > 2, "3" },
        { "ge", e => e.Int32 >= 2, "2,3" },
        { "mirrored", e => 2 < e.Int32, "3" },
        { "and", e => e.Int32 > 1 && e.Int32 < 3, "2" },
        { "or", e => e.Int32 == 1 || e.Int32 == 3, "1,3" },
        { "not", e => !(e.Int32 == 2), "1,3" },
        { "flag", e => e.Boolean, "2" },
        { "no flag", e => !e.Boolean, "1,3" },
        { "long", e => e.Int64 == 2, "2" },
        { "double", e => e.Double == 2, "2" },
        { "guid", e => e.Guid == _guid, "2" },
        { "time", e => e.Time == _time, "2" },
        { "time after", e => e.Time > _time, "3" },
        { "binary", e => e.Bytes == new byte[] { 2, 0xab }, "2" },
        { "enum", e => e.Day == DayOfWeek.Tuesday, "2" },
        { "nullable", e => e.MaybeInt32 == 2 && e.MaybeInt32.Value < 3, "2" },
        { "nullable enum", e => e.MaybeDay == DayOfWeek.Tuesday, "2" },
        { "renamed", e => e.Renamed == "it's 2", "2" },
        { "equals", e => e.Text!.Equals("it's 2"), "2" },
        { "compare to", e => e.RowKey.CompareTo("2") >= 0, "2,3" },
        { "compare", e => string.Compare(e.RowKey, "2") < 0, "1" },
        { "computed", e => e.Int32 == int.Parse("2", CultureInfo.InvariantCulture), "2" },
        { "all", e => true, "1,2,3" },
    };

    public static TheoryData<string, string> Formatted => new()
    {
        { TableClient.CreateQueryFilter($"Text eq {"it's 2"}"), "2" },
        { TableClient.CreateQueryFilter($"Int32 ge {2} and not (Int32 eq {3})"), "2" },
        { TableClient.CreateQueryFilter($"Int64 eq {2L}"), "2" },
        { TableClient.CreateQueryFilter($"Double lt {1.5}"), "1" },
        { TableClient.CreateQueryFilter($"Double eq {3.0}"), "3" },
        { TableClient.CreateQueryFilter($"Boolean eq {true}"), "2" },
        { TableClient.CreateQueryFilter($"Guid eq {_guid}"), "2" },
        { TableClient.CreateQueryFilter($"Time le {_time.ToOffset(TimeSpan.FromHours(3))}"), "1,2" },
        { TableClient.CreateQueryFilter($"Time lt {_time.UtcDateTime}"), "1" },
        { TableClient.CreateQueryFilter($"Bytes eq {new byte[] { 2, 0xab }}"), "2" },
        { TableClient.CreateQueryFilter<TableEntity>(e => (string)e["Text"] == "it's 2" || e.GetInt32("Int32") == 3), "2,3" },
        { TableClient.CreateQueryFilter($"Text eq {"' or RowKey ne '"}"), "" },
    };

    [Theory]
    [MemberData(nameof(Typed))]
    public async Task An_expression_finds_what_it_says(string name, Expression<Func<AllTypes, bool>> filter, string rows)
    {
        await using var table = await FilledAsync();
        var found = await table.Client.QueryAsync(filter, select: ["RowKey"]).ToListAsync();
        Assert.True(rows == string.Join(',', found.Select(entity => entity.RowKey)), name);
    }

    [Theory]
    [MemberData(nameof(Formatted))]
    public async Task A_formatted_filter_finds_what_it_says(string filter, string rows)
    {
        await using var table = await FilledAsync();
        var found = await table.Client.QueryAsync<TableEntity>(filter).ToListAsync();
        Assert.Equal(rows, string.Join(',', found.Select(entity => entity.RowKey)));
    }

    [Theory]
    [InlineData("it's", "Text eq 'it''s'")]
    [InlineData(5L, "Text eq 5L")]
    [InlineData(5.0, "Text eq 5.0")]
    [InlineData(-0.5, "Text eq -0.5")]
    [InlineData(1e300, "Text eq 1E+300")]
    [InlineData(false, "Text eq false")]
    [InlineData('\'', "Text eq ''''")]
    [InlineData(DayOfWeek.Monday, "Text eq 'Monday'")]
    [InlineData(new byte[] { 0, 171 }, "Text eq X'00ab'")]
    public void A_literal_is_written_as_the_service_reads_it(object value, string filter) =>
        Assert.Equal(filter, TableClient.CreateQueryFilter($"Text eq {value}"));

    [Fact]
    public void What_the_service_cannot_evaluate_is_refused()
    {
        Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter<AllTypes>(e => e.Text!.StartsWith("x")));
        Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter<AllTypes>(e => e.Int32 + 1 == 2));
        Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter<AllTypes>(e => e.Int32 == e.Computed));
        Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter<AllTypes>(e => e.Text == null));
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"Text eq {new Version(1, 0)}"));
    }

    private static async Task<TestTable> FilledAsync()
    {
        var table = await TestTable.CreateAsync();
        var entities = Enumerable.Range(1, 3).Select(i => new AllTypes
        {
            RowKey = $"{i}",
            Text = $"it's {i}",
            Renamed = $"it's {i}",
            Int32 = i,
            Int64 = i,
            Double = i,
            Boolean = i == 2,
            Guid = i == 2 ? _guid : Guid.Empty,
            Time = _time.AddSeconds(i - 2),
            Bytes = [(byte)i, 0xab],
            Day = (DayOfWeek)i,
            MaybeInt32 = i,
            MaybeDay = (DayOfWeek)i,
        });
        await table.Client.SubmitTransactionAsync(
            entities.Select(entity => new TableTransactionAction(TableTransactionActionType.Add, entity)));
        return table;
    }
}
