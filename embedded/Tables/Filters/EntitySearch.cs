using System.Linq.Expressions;

namespace Azure.Data.Tables.Filters;

/// <summary>Looks for the entity in an expression.</summary>
internal sealed class EntitySearch(ParameterExpression entity) : ExpressionVisitor
{
    public bool Found { get; private set; }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        Found |= node == entity;
        return node;
    }
}
