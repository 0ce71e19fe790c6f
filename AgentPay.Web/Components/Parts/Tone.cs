namespace AgentPay.Web.Components.Parts;

/// <summary>What a sign means; its colour and default icon follow from that.</summary>
public enum Tone
{
    Quiet,
    Active,
    Good,
    Caution,
    Bad,
}

internal static class Tones
{
    public static string CssClass(this Tone tone) => "tone-" + tone.ToString().ToLowerInvariant();

    public static string Icon(this Tone tone) => tone switch
    {
        Tone.Good => "check_circle",
        Tone.Caution => "warning",
        Tone.Bad => "error",
        Tone.Active => "pending",
        _ => "info",
    };
}
