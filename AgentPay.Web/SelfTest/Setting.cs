namespace AgentPay.Web.SelfTest;

/// <summary>Whether a setting is configured. None is missing: AgentPay does not start without a required one.</summary>
internal enum SettingState
{
    Set,
    Default,
    NotSet,
}

/// <summary>One key of the configuration.</summary>
/// <param name="Shown">The value in effect; null for a secret, which is never shown.</param>
internal sealed record Setting(string Key, SettingState State, string? Shown)
{
    public string EnvironmentName => Key.Replace(":", "__", StringComparison.Ordinal);
}

/// <summary>The keys of one section.</summary>
internal sealed record SettingGroup(string Name, IReadOnlyList<Setting> Settings);
