using Azure;
using Azure.Data.Tables;

namespace BuildFunctions.Embedded.Tables.Tests;

public sealed class TableEntityTests
{
    [Fact]
    public void A_number_keeps_the_wider_of_its_types()
    {
        var entity = new TableEntity { ["Long"] = 1L, ["Double"] = 1.0, ["Int"] = 1 };
        entity["Long"] = 2;
        entity["Double"] = 3;
        entity["Int"] = 4L;
        Assert.Equal((2L, 3.0, 4L), (entity.GetInt64("Long"), entity.GetDouble("Double"), entity.GetInt64("Int")));
        Assert.Throws<InvalidOperationException>(() => entity["Long"] = "text");
    }

    [Fact]
    public void A_getter_refuses_another_type_and_gives_null_for_nothing()
    {
        var entity = new TableEntity("p", "r") { ["Text"] = "x", ["Null"] = null };
        Assert.Throws<InvalidOperationException>(() => entity.GetInt32("Text"));
        Assert.Null(entity.GetInt32("None"));
        Assert.Null(entity.GetString("Null"));
        Assert.Null(entity["None"]);
        Assert.Equal(default, entity.ETag);
    }

    [Fact]
    public void It_is_a_dictionary_that_copies_what_it_is_made_of()
    {
        var source = new Dictionary<string, object> { ["PartitionKey"] = "p", ["A"] = 1 };
        var entity = new TableEntity(source) { RowKey = "r", ETag = new ETag("W/\"x\"") };
        source["A"] = 2;
        entity.Add("B", new byte[] { 1 });

        Assert.Equal(("p", "r", 1), (entity.PartitionKey, entity.RowKey, entity["A"]));
        Assert.Equal([1], entity.GetBinaryData("B").ToArray());
        Assert.Equal("W/\"x\"", entity.ETag.ToString());
        Assert.True(entity.Remove("A"));
        Assert.False(entity.TryGetValue("A", out _));
        Assert.Equal(["PartitionKey", "RowKey", "odata.etag", "B"], entity.Keys);
        Assert.Equal(4, entity.Count);
    }
}
