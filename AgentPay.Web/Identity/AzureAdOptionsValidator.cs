using Microsoft.Extensions.Options;

namespace AgentPay.Web.Identity;

/// <summary>Reports every failure at once, each with its key and an example. A value is never repeated: it may be a secret in the wrong place.</summary>
internal sealed class AzureAdOptionsValidator : IValidateOptions<AzureAdOptions>
{
    private const string SomeGuid = "11111111-2222-3333-4444-555555555555";

    public ValidateOptionsResult Validate(string? name, AzureAdOptions options)
    {
        string?[] failures =
        [
            IsInstance(options.Instance) ? null : Wrong("Instance", "is neither an https URL (http on this machine) nor a path that starts with one slash", "https://login.microsoftonline.com/"),
            Id("TenantId", options.TenantId),
            Id("ClientId", options.ClientId),
            options.ClientSecret is null && options.ClientCredentials.Count == 0
                ? Wrong("ClientSecret", "is missing, and AzureAd:ClientCredentials names no certificate or managed identity", "the secret's value, not its ID")
                : null,
            .. options.ClientCredentials.Select((credential, n) => ClientCredential.ProblemOf(credential) is { } problem
                ? $"{AzureAdOptions.Section}:ClientCredentials:{n} {problem}. The keys of each source are described at https://aka.ms/ms-id-web-credentials."
                : null),
            Path("CallbackPath", options.CallbackPath, "/signin-oidc"),
            Path("SignedOutCallbackPath", options.SignedOutCallbackPath, "/signout-callback-oidc"),
            options.SignedOutCallbackPath.Equals(options.CallbackPath, StringComparison.OrdinalIgnoreCase)
                ? Wrong("SignedOutCallbackPath", "is the CallbackPath as well", "/signout-callback-oidc")
                : null,
        ];
        var found = failures.OfType<string>().ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static bool IsInstance(string text)
    {
        var isHere = IsPath(text);
        return Uri.TryCreate(isHere ? "http://localhost" + text : text, UriKind.Absolute, out var url)
            && url is { Query: "", Fragment: "", UserInfo: "" }
            && (isHere || url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
    }

    private static string? Id(string key, string? text) => text switch
    {
        null => Wrong(key, "is missing", SomeGuid),
        _ when !Guid.TryParseExact(text, "D", out _) => Wrong(key, "is not a GUID", SomeGuid),
        _ => null,
    };

    private static string? Path(string key, string text, string example) =>
        IsPath(text) && text.Length > 1 && text.AsSpan().IndexOfAny("?#%\\ ") < 0 ? null : Wrong(key, "is not a path that starts with one slash", example);

    private static bool IsPath(string text) => text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal);

    private static string Wrong(string key, string what, string example) =>
        $"{AzureAdOptions.Section}:{key} {what}. Set the environment variable {AzureAdOptions.Section}__{key}, for example to {example}.";
}
