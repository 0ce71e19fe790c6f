using Microsoft.Extensions.Options;

namespace AgentPay.Web.Analytics;

/// <summary>Every failure at once, each with its key and what to set. The write key is never repeated.</summary>
internal sealed class SegmentOptionsValidator : IValidateOptions<SegmentOptions>
{
    public ValidateOptionsResult Validate(string? name, SegmentOptions options)
    {
        string?[] failures =
        [
            IsUserName(options.WriteKey) ? null : Wrong("WriteKey", "must be printable ASCII without spaces and colons", "the write key of the source"),
            IsBaseUrl(options.BaseUrl) ? null : Wrong("BaseUrl", "must be an https URL without user, query and fragment (http on this machine only)", SegmentOptions.DefaultBaseUrl),
            options.FlushInterval >= TimeSpan.FromSeconds(1) && options.FlushInterval <= TimeSpan.FromMinutes(5) ? null : Wrong("FlushInterval", "must be from 1 second to 5 minutes", "00:00:05"),
            options.BatchSize is >= 1 and <= SegmentBatch.MostEvents ? null : Wrong("BatchSize", $"must be from 1 to {SegmentBatch.MostEvents}", "100"),
        ];
        var found = failures.OfType<string>().ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    /// <summary>The key is the user name of Basic authentication, where a colon would end it.</summary>
    private static bool IsUserName(string? key) => !string.IsNullOrEmpty(key) && key.All(c => c is > ' ' and <= '~' and not ':');

    private static bool IsBaseUrl(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url is { Query: "", Fragment: "", UserInfo: "" }
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    private static string Wrong(string key, string what, string example) =>
        $"{SegmentOptions.Section}:{key} {what}. Set the environment variable {SegmentOptions.Section}__{key}, for example to {example}.";
}
