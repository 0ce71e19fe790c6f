using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

/// <summary>Every failure at once, each with its key and what to set.</summary>
internal sealed class SyncOptionsValidator : IValidateOptions<SyncOptions>
{
    private const int LongestName = 64;

    public ValidateOptionsResult Validate(string? name, SyncOptions options)
    {
        string?[] failures =
        [
            options.ServiceSid is null || SidText.IsSid(options.ServiceSid, "IS")
                ? null
                : Wrong(nameof(options.ServiceSid), "is not IS and 32 hexadecimal digits", "IS0123456789abcdef0123456789abcdef"),
            options.ServiceName.Length > LongestName ? Wrong(nameof(options.ServiceName), $"is longer than {LongestName} characters", "AgentAssistedPaySync") : null,
            Lifetime(nameof(options.ItemTtl), options.ItemTtl),
            Lifetime(nameof(options.EndedTtl), options.EndedTtl),
            Lifetime(nameof(options.HistoryTtl), options.HistoryTtl),
            Interval(nameof(options.BusyPoll), options.BusyPoll),
            Interval(nameof(options.IdlePoll), options.IdlePoll),
            options.DelayedAfter is >= 1 and <= 100 ? null : Wrong(nameof(options.DelayedAfter), "must be a number from 1 to 100", "3"),
            options.Settling >= TimeSpan.Zero && options.Settling <= TimeSpan.FromMinutes(1)
                ? null
                : Wrong(nameof(options.Settling), "must be between nothing and a minute", "00:00:03"),
        ];
        var found = failures.OfType<string>().ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    // Sync knows whole seconds, and a year at most; less than a minute would lose what is still going on.
    private static string? Lifetime(string key, TimeSpan value) =>
        value >= TimeSpan.FromMinutes(1) && value <= TimeSpan.FromDays(365) ? null : Wrong(key, "must be between a minute and a year", "12:00:00");

    // One object may be read 20 times a second, by all instances together.
    private static string? Interval(string key, TimeSpan value) =>
        value >= TimeSpan.FromMilliseconds(250) && value <= TimeSpan.FromMinutes(1) ? null : Wrong(key, "must be between a quarter of a second and a minute", "00:00:01");

    private static string Wrong(string key, string what, string example) =>
        $"{SyncOptions.Section}:{key} {what}. Set the environment variable {SyncOptions.Section}__{key}, for example to {example}.";
}
