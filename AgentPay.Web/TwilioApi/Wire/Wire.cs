namespace AgentPay.Web.TwilioApi;

/// <summary>Converts values to those of the SDK's options. The SDK does not send nulls.</summary>
internal static class Wire
{
    /// <summary>Returns whole seconds, rounded up: 0 would mean "never expires" to Sync.</summary>
    public static int? Seconds(TimeSpan? span) => span is { } time ? (int)Math.Ceiling(time.TotalSeconds) : null;

    /// <exception cref="ArgumentException">The value is missing or empty.</exception>
    public static string Required(string name, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }
}
