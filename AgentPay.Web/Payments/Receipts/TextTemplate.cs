using System.Text.RegularExpressions;

namespace AgentPay.Web.Payments;

/// <summary>A configured text with placeholders in braces, from a closed list of names.</summary>
internal static partial class TextTemplate
{
    /// <summary>Returns why the text cannot be filled, as the end of a sentence; null when it can.</summary>
    public static string? Problem(string template, IReadOnlyCollection<string> names)
    {
        var unknown = Placeholder().Matches(template).Select(match => match.Value).Where(text => !names.Contains(text[1..^1])).ToList();
        var accepted = string.Join(", ", names.Select(name => $"{{{name}}}"));
        return unknown.Count > 0 ? $"contains {string.Join(" and ", unknown)}. Accepted: {accepted}."
            : Placeholder().Replace(template, "").AsSpan().ContainsAny('{', '}') ? $"has a brace without its partner. Accepted: {accepted}."
            : null;
    }

    public static string Fill(string template, Func<string, string> valueOf) =>
        Placeholder().Replace(template, match => valueOf(match.Value[1..^1]));

    /// <summary>The names in the text.</summary>
    public static IEnumerable<string> NamesIn(string template) => Placeholder().Matches(template).Select(match => match.Value[1..^1]);

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Placeholder();
}
