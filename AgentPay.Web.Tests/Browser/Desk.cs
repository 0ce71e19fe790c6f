namespace AgentPay.Web.Tests.Browser;

/// <summary>How somebody looks at the console.</summary>
/// <param name="IsOwn">Whether the test has a session of its own; otherwise tests with the same desk and person share one.</param>
public sealed record Desk(
    int Width = 1280, int Height = 800, bool IsDark = false, string Locale = "en-GB", string TimeZone = "Europe/London", bool IsOwn = false)
{
    public static Desk Usual { get; } = new();

    /// <summary>For tests that sign out, or choose what the browser keeps.</summary>
    public static Desk Own { get; } = new(IsOwn: true);

    /// <summary>As narrow as the narrowest phone.</summary>
    public static Desk Phone { get; } = new(360, 740);
}
