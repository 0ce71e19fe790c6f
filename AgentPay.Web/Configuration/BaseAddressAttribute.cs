using System.ComponentModel.DataAnnotations;

namespace AgentPay.Web.Configuration;

/// <summary>
/// An absolute https URL without user, query and fragment; http only of this machine, unless <see cref="AnyHttp"/> is set.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BaseAddressAttribute(string example) : ValidationAttribute
{
    public bool AnyHttp { get; set; }

    /// <summary>Accepts a path that starts with one slash: an address on this server.</summary>
    public bool OrPath { get; set; }

    public bool WithoutPath { get; set; }

    public override bool IsValid(object? value)
    {
        if (value is not string { Length: > 0 } text) return true;
        var isPath = text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal);
        return Uri.TryCreate(isPath ? "http://localhost" + text : text, UriKind.Absolute, out var url)
            && url is { Query: "", Fragment: "", UserInfo: "" }
            && (isPath ? OrPath : url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (AnyHttp || url.IsLoopback)))
            && (!WithoutPath || url.AbsolutePath == "/");
    }

    /// <summary>The value is not repeated: a URL may hold a password.</summary>
    public override string FormatErrorMessage(string name)
    {
        var url = AnyHttp ? "an absolute http or https URL" : "an absolute https URL (http on this machine only)";
        var without = WithoutPath ? "user, path, query or fragment" : "user, query or fragment";
        return $"{name} must be {url} without {without}{(OrPath ? ", or a path that starts with one slash" : "")}. Example: {example}.";
    }
}
