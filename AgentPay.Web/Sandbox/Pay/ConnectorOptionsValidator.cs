using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Pay;

// Checks the connectors at startup and reports the key of each invalid setting.
public sealed class ConnectorOptionsValidator : IValidateOptions<ConnectorOptions>
{
    public ValidateOptionsResult Validate(string? name, ConnectorOptions options)
    {
        var failures = options.Connectors.SelectMany(Problems).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Problems(Connector connector, int index)
    {
        var key = $"{SandboxOptions.Section}:{nameof(ConnectorOptions.Connectors)}:{index}";
        var variable = key.Replace(":", "__", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(connector.Name)) yield return $"{key}:Name is missing (environment variable {variable}__Name).";
        if (!IsCallable(connector.Url)) yield return $"{key}:Url must be an http or https URL, or a path on this server.";
    }

    private static bool IsCallable(string url) =>
        url.StartsWith('/') || Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https";
}
