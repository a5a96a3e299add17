using System.Reflection;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>Turns what a method returned into the invocation's result: void, Task, Task of T or a plain value.</summary>
internal static class ReturnedValue
{
    private static readonly MethodInfo AwaitTyped =
        typeof(ReturnedValue).GetMethod(nameof(AwaitTypedAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static Func<object?, ValueTask<object?>> ReaderOf(Type declared) => declared switch
    {
        _ when declared == typeof(Task) => AwaitPlainAsync,
        { IsGenericType: true } when declared.GetGenericTypeDefinition() == typeof(Task<>) =>
            AwaitTyped.MakeGenericMethod(declared.GetGenericArguments()).CreateDelegate<Func<object?, ValueTask<object?>>>(),
        _ => value => new(value),
    };

    /// <summary>What is left of a declared return type once it is awaited.</summary>
    public static Type Unwrapped(Type declared) =>
        declared.IsGenericType && declared.GetGenericTypeDefinition() == typeof(Task<>) ? declared.GetGenericArguments()[0] : declared;

    private static async ValueTask<object?> AwaitPlainAsync(object? task)
    {
        await (Task)task!;
        return null;
    }

    private static ValueTask<object?> AwaitTypedAsync<T>(object? task)
    {
        var typed = (Task<T>)task!;
        return typed.IsCompletedSuccessfully ? new(typed.Result) : Slow(typed);

        static async ValueTask<object?> Slow(Task<T> typed) => await typed;
    }
}
