using System.Text.RegularExpressions;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.TwilioApi;

/// <summary>Reports all failures at once, each with its key and an example. Never repeats a value: it may be a secret in the wrong place.</summary>
internal sealed partial class TwilioOptionsValidator : IValidateOptions<TwilioOptions>
{
    private const string SomeHex = "0123456789abcdef0123456789abcdef";

    public ValidateOptionsResult Validate(string? name, TwilioOptions options)
    {
        string?[] failures =
        [
            Sid("AccountSid", options.AccountSid, "AC"),
            options.AuthToken is null ? Missing("AuthToken", SomeHex) : null,
            .. Key("", options.ApiKeySid, options.ApiKeySecret, isNeeded: options.Sync.ApiKeySid is null),
            .. SyncFailures(options),
            .. HostFailures(options),
            BaseUrl("ApiBaseUrl", options.ApiBaseUrl, "https://api.twilio.com"),
            BaseUrl("SyncBaseUrl", options.SyncBaseUrl, TwilioHosts.SyncUrl),
        ];
        var found = failures.OfType<string>().ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static IEnumerable<string?> SyncFailures(TwilioOptions options)
    {
        var sync = options.Sync;
        if (sync.AccountSid == options.AccountSid && sync.ApiKeySid == options.ApiKeySid && sync.ApiKeySecret == options.ApiKeySecret) return [];
        var isOtherAccount = sync.AccountSid != options.AccountSid;
        return
        [
            isOtherAccount ? Sid("Sync:AccountSid", sync.AccountSid, "AC") : null,
            .. Key("Sync:", sync.ApiKeySid, sync.ApiKeySecret, isNeeded: true),
            isOtherAccount && sync.ApiKeySid == options.ApiKeySid ? Missing("Sync:ApiKeySid", "SK" + SomeHex) : null,
        ];
    }

    private static IEnumerable<string?> Key(string prefix, string? sid, string? secret, bool isNeeded)
    {
        if (sid is null && secret is null && !isNeeded) return [];
        return [Sid(prefix + "ApiKeySid", sid, "SK"), Secret(prefix + "ApiKeySecret", secret)];
    }

    private static IEnumerable<string?> HostFailures(TwilioOptions options)
    {
        if (options.Region is { } region && !HostLabel().IsMatch(region)) yield return Wrong("Region", "is not the name of a region", "ie1");
        else if (options is { Region: not null, Edge: null } && TwilioHosts.DefaultEdge(options.Region) is null) yield return Missing("Edge", "dublin");
        if (options.Edge is { } edge && !HostLabel().IsMatch(edge)) yield return Wrong("Edge", "is not the name of an edge", "dublin");
    }

    private static string? Sid(string key, string? text, string prefix)
    {
        if (text is null) return Missing(key, prefix + SomeHex);
        return SidText.IsSid(text, prefix) ? null : Wrong(key, $"is not {prefix} and 32 hexadecimal digits", prefix + SomeHex);
    }

    // The SDK signs access tokens with 256 bits or more. Twilio's secrets have 32 characters.
    private static string? Secret(string key, string? text) => text switch
    {
        null => Missing(key, "the secret shown when the key was made"),
        { Length: < 32 } => Wrong(key, "is shorter than 32 characters", "the secret shown when the key was made"),
        _ => null,
    };

    private static string? BaseUrl(string key, string? text, string example)
    {
        if (text is null) return null;
        var isHere = text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal);
        var fits = Uri.TryCreate(isHere ? "http://localhost" + text : text, UriKind.Absolute, out var url)
            && url is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" } && (isHere || !text.StartsWith('/'));
        return fits ? null : Wrong(key, "is neither an absolute http or https URL nor a path that starts with one slash", example);
    }

    private static string Missing(string key, string example) => Wrong(key, "is missing", example);

    private static string Wrong(string key, string what, string example) =>
        $"{TwilioOptions.Section}:{key} {what}. Set the environment variable {TwilioOptions.Section}__{key.Replace(":", "__", StringComparison.Ordinal)}, for example to {example}.";

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex HostLabel();
}
