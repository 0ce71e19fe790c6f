namespace AgentPay.Web.Components.Theme;

/// <summary>The theme that a person has chosen: <c>light</c>, <c>dark</c>, or <c>system</c> for the one of their operating system.</summary>
public sealed record Appearance(string Name)
{
    /// <summary>The cookie that keeps the choice. <c>agentpay.js</c> writes it.</summary>
    public const string Cookie = "agentpay-appearance";

    public static Appearance Of(HttpRequest request) => request.Cookies[Cookie] is { } name and ("light" or "dark") ? new(name) : new("system");
}
