using AgentPay.Web.Twilio;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

internal sealed class SyncOptionsValidator : IValidateOptions<SyncOptions>
{
    public ValidateOptionsResult Validate(string? name, SyncOptions options)
    {
        string?[] failures =
        [
            string.IsNullOrWhiteSpace(options.ServiceSid) || SyncServiceSid.TryParse(options.ServiceSid, out _)
                ? null
                : Wrong(nameof(options.ServiceSid), "is not IS and 32 hexadecimal digits", "IS0123456789abcdef0123456789abcdef"),
            string.IsNullOrWhiteSpace(options.ServiceName) || options.ServiceName.Length > 64
                ? Wrong(nameof(options.ServiceName), "must be a name of 1 to 64 characters", "AgentAssistedPaySync")
                : null,
            Lifetime(nameof(options.ItemTtl), options.ItemTtl),
            Lifetime(nameof(options.EndedTtl), options.EndedTtl),
            Lifetime(nameof(options.HistoryTtl), options.HistoryTtl),
            Interval(nameof(options.BusyPoll), options.BusyPoll),
            Interval(nameof(options.IdlePoll), options.IdlePoll),
        ];
        var found = failures.OfType<string>().ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    // Sync knows whole seconds, and a year at most; less than a minute would lose payments that are still going on.
    private static string? Lifetime(string key, TimeSpan value) =>
        value >= TimeSpan.FromMinutes(1) && value <= TimeSpan.FromDays(365) ? null : Wrong(key, "must be between a minute and a year", "12:00:00");

    // One object may be read 20 times a second, by all instances together.
    private static string? Interval(string key, TimeSpan value) =>
        value >= TimeSpan.FromMilliseconds(250) && value <= TimeSpan.FromMinutes(1) ? null : Wrong(key, "must be between a quarter of a second and a minute", "00:00:01");

    private static string Wrong(string key, string what, string example) =>
        $"{SyncOptions.Section}:{key} {what}. Set the environment variable {SyncOptions.Section}__{key}, for example to {example}.";
}
