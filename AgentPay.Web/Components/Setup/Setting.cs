namespace AgentPay.Web.Components.Setup;

/// <summary>Whether somebody has configured a setting, and whether somebody has to.</summary>
public enum SettingState
{
    Set,
    Default,
    NotSet,
    Missing,
}

/// <summary>One key of the configuration.</summary>
/// <param name="Shown">The value in effect; null for a secret, of which nothing is ever shown.</param>
public sealed record Setting(string Key, SettingState State, string? Shown)
{
    public string EnvironmentName => Key.Replace(":", "__", StringComparison.Ordinal);
}

/// <summary>The keys of one section.</summary>
public sealed record SettingGroup(string Name, IReadOnlyList<Setting> Settings);
