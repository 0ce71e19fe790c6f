using System.Collections;
using System.Reflection;

namespace AgentPay.Web.Configuration;

/// <summary>The settings of an options type, by reflection.</summary>
internal static class OptionsProperties
{
    /// <summary>The properties that can be set, in the order of the source.</summary>
    public static IReadOnlyList<PropertyInfo> Of(Type options) => [.. options.GetProperties().Where(property => property.CanWrite)];

    public static bool IsList(Type type) =>
        type.IsGenericType && type.GetGenericArguments().Length == 1 && typeof(IEnumerable).IsAssignableFrom(type);

    /// <summary>True for an options class of AgentPay: its properties are settings too.</summary>
    public static bool IsSection(Type type) => type.IsClass && type.Assembly == typeof(OptionsProperties).Assembly;
}
