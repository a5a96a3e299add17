using System.Linq.Expressions;

namespace Azure.Data.Tables.Filters;

/// <summary>Turns a predicate on entities into the service's filter language.</summary>
internal static class FilterExpression
{
    public static string Translate<T>(Expression<Func<T, bool>> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        var column = new FilterColumns(predicate.Parameters[0]);

        // All entities: the language has no word for it but the empty filter.
        return !column.IsIn(predicate.Body) && FilterColumns.Evaluate(predicate.Body) is true ? "" : Condition(predicate.Body, column);
    }

    private static string Condition(Expression expression, FilterColumns columns) => expression switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.And } and =>
            $"({Condition(and.Left, columns)}) and ({Condition(and.Right, columns)})",
        BinaryExpression { NodeType: ExpressionType.OrElse or ExpressionType.Or } or =>
            $"({Condition(or.Left, columns)}) or ({Condition(or.Right, columns)})",
        UnaryExpression { NodeType: ExpressionType.Not } not => $"not ({Condition(not.Operand, columns)})",
        UnaryExpression { NodeType: ExpressionType.Convert } convert => Condition(convert.Operand, columns),
        BinaryExpression comparison => Comparison(comparison, columns),
        MethodCallExpression { Method.Name: nameof(Equals), Object: { } left, Arguments: [var right] } =>
            Compare(left, "eq", right, columns),
        MethodCallExpression { Method.Name: nameof(Equals), Object: null, Arguments: [var left, var right] } =>
            Compare(left, "eq", right, columns),
        _ when columns.NameOf(expression) is { } flag => $"{flag} eq true",
        _ => throw NotTranslatable(expression),
    };

    private static string Comparison(BinaryExpression comparison, FilterColumns columns)
    {
        var sign = comparison.NodeType switch
        {
            ExpressionType.Equal => "eq",
            ExpressionType.NotEqual => "ne",
            ExpressionType.LessThan => "lt",
            ExpressionType.LessThanOrEqual => "le",
            ExpressionType.GreaterThan => "gt",
            ExpressionType.GreaterThanOrEqual => "ge",
            _ => throw NotTranslatable(comparison),
        };

        // C# has no < on strings: it is written x.CompareTo(y) < 0 or string.Compare(x, y) < 0.
        return (comparison.Left, comparison.Right) switch
        {
            (MethodCallExpression { Method.Name: "CompareTo", Object: { } left, Arguments: [var right] },
                ConstantExpression { Value: 0 }) =>
                Compare(left, sign, right, columns),
            (MethodCallExpression { Method.Name: "Compare" or "CompareOrdinal", Object: null, Arguments: [var left, var right] },
                ConstantExpression { Value: 0 }) => Compare(left, sign, right, columns),
            var (left, right) => Compare(left, sign, right, columns),
        };
    }

    private static string Compare(Expression left, string sign, Expression right, FilterColumns columns) =>
        (columns.NameOf(left), columns.NameOf(right)) switch
        {
            ({ } name, null) => $"{name} {sign} {columns.Literal(right, left)}",
            (null, { } name) => $"{name} {Mirrored(sign)} {columns.Literal(left, right)}",
            _ => throw new NotSupportedException(
                $"One side of '{left} {sign} {right}' must be a property of the entity, the other a value."),
        };

    private static string Mirrored(string sign) => sign switch { "lt" => "gt", "le" => "ge", "gt" => "lt", "ge" => "le", _ => sign };

    private static NotSupportedException NotTranslatable(Expression expression) =>
        new($"The table service cannot evaluate '{expression}'.");
}
