using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Configuration;

/// <summary>
/// Reports everything that is wrong with a section, a sentence each, which begins with the key: what cannot be bound, and what the
/// annotations refuse.
/// </summary>
/// <param name="annotations">The generated validator. It reports <c>Name: Payments.Profiles[0].Name is missing</c> and <c>The field
/// Sync.DelayedAfter must be between …</c>.</param>
internal sealed partial class SectionValidator<TOptions>(
    string section, IConfiguration configuration, IValidateOptions<TOptions> annotations) : IValidateOptions<TOptions>
    where TOptions : class, new()
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var failures = new List<string>();
        new SectionBinder(failures).Bind(configuration.GetSection(section), new TOptions());
        failures.AddRange((annotations.Validate(section, options).Failures ?? []).Select(StartWithKey));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static string StartWithKey(string failure)
    {
        var path = MemberPath().Match(failure);
        var key = path.Groups["path"].Value.Replace('.', ':').Replace('[', ':').Replace("]", "", StringComparison.Ordinal);
        return key + failure[path.Length..];
    }

    [GeneratedRegex(@"^(\w+: )?(The field )?(?<path>\w+([.:]\w+|\[\d+\])*)")]
    private static partial Regex MemberPath();
}

internal static class RulesAcrossSettings
{
    /// <summary>
    /// A failure of a property, for <see cref="IValidatableObject"/>: the generated validator gives it the path <c>Section.Validate</c>.
    /// </summary>
    public static ValidationResult Failure(this ValidationContext context, string property, string problem) =>
        new($"{context.DisplayName[..^nameof(IValidatableObject.Validate).Length]}{property} {problem}");
}
