namespace AgentPay.Web.Tests.Browser;

/// <summary>How somebody looks at the console.</summary>
public sealed record Desk(int Width = 1280, int Height = 800, bool IsDark = false, string Locale = "en-GB", string TimeZone = "Europe/London")
{
    public static Desk Usual { get; } = new();

    /// <summary>As narrow as the narrowest phone.</summary>
    public static Desk Phone { get; } = new(360, 740);
}
