using System.Globalization;

namespace BuildFunctions.Embedded.Http;

/// <summary>From the text of a route value to a parameter's type.</summary>
internal static class RouteValueConverter
{
    private static readonly MethodInfo ParseTyped =
        typeof(RouteValueConverter).GetMethod(nameof(Parse), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static Func<object, string, object?>? For(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || type == typeof(object))
        {
            return (value, _) => value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture);
        }

        if (type.IsEnum)
        {
            return (value, name) => Enum.TryParse(type, value.ToString(), ignoreCase: true, out var parsed) ? parsed : throw Refused(name);
        }

        return type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IParsable<>))
            ? ParseTyped.MakeGenericMethod(type).CreateDelegate<Func<object, string, object?>>()
            : null;
    }

    private static object? Parse<T>(object value, string name)
        where T : IParsable<T> =>
        T.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var parsed) ? parsed : throw Refused(name);

    private static RequestRejectedException Refused(string name) =>
        new(StatusCodes.Status400BadRequest, $"The value of '{name}' in the path is not valid.");
}
