namespace AgentPay.Web.WebPages.Theme;

/// <summary>The theme that a person has chosen: <c>light</c>, <c>dark</c>, or <c>system</c> for that of their operating system.</summary>
public sealed record Appearance(string Name)
{
    /// <summary>The cookie that keeps the choice. <c>agentpay.js</c> writes it.</summary>
    public const string Cookie = "agentpay-appearance";

    public const string Light = "light";
    public const string Dark = "dark";
    public const string System = "system";

    public static Appearance Of(HttpRequest request) => new(request.Cookies[Cookie] is { } name and (Light or Dark) ? name : System);
}
