using MudBlazor;

namespace AgentPay.Web.Components.Parts;

/// <summary>The meaning of a state. It decides the colour and the default icon.</summary>
public enum Tone
{
    Quiet,
    Active,
    Good,
    Caution,
    Bad,
}

/// <summary>How a <see cref="Tone"/> looks.</summary>
internal static class Tones
{
    public static string CssClass(this Tone tone) => "tone-" + tone.ToString().ToLowerInvariant();

    public static string Icon(this Tone tone) => tone switch
    {
        Tone.Good => Icons.Material.Rounded.CheckCircle,
        Tone.Caution => Icons.Material.Rounded.Warning,
        Tone.Bad => Icons.Material.Rounded.Error,
        Tone.Active => Icons.Material.Rounded.Pending,
        _ => Icons.Material.Rounded.Info,
    };
}
