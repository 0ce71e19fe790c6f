namespace AgentPay.Web.SelfTest;

/// <summary>Whether a setting is configured, and whether it must be.</summary>
public enum SettingState
{
    Set,
    Default,
    NotSet,
    Missing,
}

/// <summary>One key of the configuration.</summary>
/// <param name="Shown">The value in effect; null for a secret, which is never shown.</param>
public sealed record Setting(string Key, SettingState State, string? Shown)
{
    public string EnvironmentName => Key.Replace(":", "__", StringComparison.Ordinal);
}

/// <summary>The keys of one section.</summary>
public sealed record SettingGroup(string Name, IReadOnlyList<Setting> Settings);
