using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>Refuses to start with a connector that could never be called, and names the key.</summary>
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
        if (string.IsNullOrWhiteSpace(connector.Name)) yield return $"{key}:Name is missing (environment variable {key.Replace(":", "__", StringComparison.Ordinal)}__Name).";
        if (!IsCallable(connector.Url)) yield return $"{key}:Url must be an http or https URL, or a path on this server.";
    }

    private static bool IsCallable(string url) =>
        url.StartsWith('/') || Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https";
}
