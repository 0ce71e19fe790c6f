using Microsoft.Extensions.Options;

namespace AgentPay.Web;

/// <summary>Twilio signs and calls back the public base URL, so in Live it must be there, and nothing but https may carry it off this machine.</summary>
public sealed class AgentPayOptionsValidator : IValidateOptions<AgentPayOptions>
{
    private const string Key = "AgentPay:PublicBaseUrl";
    private const string Example = "(environment variable AgentPay__PublicBaseUrl, for example https://pay.example.com)";

    public ValidateOptionsResult Validate(string? name, AgentPayOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.PublicBaseUrl))
            return options.Mode == AgentPayMode.Live ? Fail($"{Key} is missing. Live needs the address that Twilio calls back {Example}.") : ValidateOptionsResult.Success;
        if (!Uri.TryCreate(options.PublicBaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return Fail($"{Key} is '{options.PublicBaseUrl}', which is not an absolute http or https URL {Example}.");
        if (url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            return Fail($"{Key} must be a scheme, a host and at most a path, without user, query or fragment {Example}.");
        return url.Scheme == "https" || url.IsLoopback ? ValidateOptionsResult.Success : Fail($"{Key} must be https, unless it is this machine {Example}.");
    }

    private static ValidateOptionsResult Fail(string why) => ValidateOptionsResult.Fail(why);
}
