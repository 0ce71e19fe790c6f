using Microsoft.Extensions.Options;

namespace AgentPay.Web.KeyRing;

/// <summary>Every failure at once, each with its key and what to set. A value is never repeated.</summary>
internal sealed class KeyRingOptionsValidator : IValidateOptions<KeyRingOptions>
{
    /// <summary>The key is derived as from something random, not as from a password, so a short one would be guessed.</summary>
    private const int ShortestSecret = 32;

    public ValidateOptionsResult Validate(string? name, KeyRingOptions options)
    {
        string?[] failures =
        [
            options.KeyRingSecret is { Length: < ShortestSecret } ? Wrong("KeyRingSecret", $"is shorter than {ShortestSecret} characters", "what openssl rand -base64 32 prints") : null,
            options is { KeyRingSecret: not null, KeyRingCertificate: not null } ? Wrong("KeyRingSecret", "is set beside AgentPay:KeyRingCertificate; one of them is enough", "nothing") : null,
            KeyRingCertificate.ProblemOf(options) is { } problem ? Wrong("KeyRingCertificate", problem, "/run/secrets/agentpay.pfx") : null,
        ];
        var found = failures.OfType<string>().ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string Wrong(string key, string what, string example) =>
        $"{AgentPayOptions.Section}:{key} {what}. Set the environment variable {AgentPayOptions.Section}__{key}, for example to {example}.";
}
