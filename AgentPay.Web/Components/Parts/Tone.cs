using AgentPay.Web.Payments;
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

/// <summary>How a <see cref="Tone"/> looks, and which one a result has.</summary>
internal static class Tones
{
    public static Tone Of(ResultKind kind) => kind switch
    {
        ResultKind.Succeeded => Tone.Good,
        ResultKind.Failed => Tone.Bad,
        ResultKind.Unknown => Tone.Caution,
        _ => Tone.Quiet,
    };

    public static string IconOf(ResultKind kind) => kind == ResultKind.Cancelled ? Icons.Material.Rounded.Cancel : Of(kind).Icon();

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
