using System.Linq.Expressions;
using System.Reflection;
using Azure.Data.Tables.Json;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Filters;

/// <summary>Tells the entity's properties from the values that they are compared with.</summary>
internal sealed class FilterColumns(ParameterExpression entity)
{
    /// <returns>Null when the expression is no property of the entity.</returns>
    public string? NameOf(Expression expression) => Bare(expression) switch
    {
        MemberExpression { Member.Name: "Value", Expression: { } inner }
            when Nullable.GetUnderlyingType(inner.Type) is not null => NameOf(inner),
        MemberExpression { Expression: { } owner, Member: var member } when IsEntity(owner) => Column(member),
        MethodCallExpression { Object: { } owner, Arguments: [var name], Method.Name: var method }
            when IsEntity(owner) && (method == "get_Item" || method.StartsWith("Get", StringComparison.Ordinal)) =>
                Evaluate(name) as string,
        _ => null,
    };

    /// <param name="value">What the property is compared with.</param>
    /// <param name="column">The property; of an enum the service keeps the name.</param>
    public string Literal(Expression value, Expression column)
    {
        if (IsIn(value))
        {
            throw new NotSupportedException($"The table service cannot evaluate '{value}'.");
        }

        var type = Nullable.GetUnderlyingType(Bare(column).Type) ?? Bare(column).Type;
        return Evaluate(value) switch
        {
            null => throw new NotSupportedException($"The table service cannot compare with null: '{column}'."),
            var number when type.IsEnum && number is not Enum => ODataLiteral.Of(Enum.ToObject(type, number)),
            int number when type == typeof(long) => ODataLiteral.Of((long)number),
            var other => ODataLiteral.Of(other),
        };
    }

    public bool IsIn(Expression expression)
    {
        var search = new EntitySearch(entity);
        search.Visit(expression);
        return search.Found;
    }

    public static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field, Expression: var owner } => field.GetValue(owner is null ? null : Evaluate(owner)),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };

    private static Expression Bare(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert
            ? Bare(convert.Operand)
            : expression;

    private static string Column(MemberInfo member) => member.DeclaringType == typeof(TableItem) ? "TableName" : EntityType.NameOf(member);

    private bool IsEntity(Expression expression) => Bare(expression) == entity;
}
