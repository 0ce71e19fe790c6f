namespace AgentPay.Web.TwilioApi;

/// <summary>Converts our values to those of the SDK's options. A null is not sent.</summary>
internal static class Wire
{
    /// <summary>Whole seconds, rounded up: a fraction of a second must not become zero, which means "never expires" to Sync.</summary>
    public static int? Seconds(TimeSpan? span) => span is { } time ? (int)Math.Ceiling(time.TotalSeconds) : null;

    /// <exception cref="ArgumentException">The value is missing or empty.</exception>
    public static string Required(string name, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }
}
