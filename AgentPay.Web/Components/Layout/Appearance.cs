namespace AgentPay.Web.Components.Layout;

/// <summary>Light or dark as the viewer has chosen, kept in a cookie; until then, as their system has it.</summary>
public sealed record Appearance(string Name)
{
    /// <summary>Written by <c>agentpay.js</c>.</summary>
    public const string Cookie = "agentpay-appearance";

    public static Appearance OfSystem { get; } = new("system");

    public static Appearance Of(HttpRequest request) => request.Cookies[Cookie] switch
    {
        "light" => new("light"),
        "dark" => new("dark"),
        _ => OfSystem,
    };

    /// <summary>The media query under which one of the two themes applies.</summary>
    public string MediaOf(string theme) => Name == theme ? "all" : Name == OfSystem.Name ? $"(prefers-color-scheme: {theme})" : "not all";
}
