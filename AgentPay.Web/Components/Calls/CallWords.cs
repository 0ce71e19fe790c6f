using AgentPay.Web.Calls;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.Identity;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Components.Calls;

/// <summary>Whose a call is, to the one who looks at it.</summary>
public enum Holder
{
    Nobody,
    Viewer,
    Another,
}

/// <summary>A state in icon, word and colour.</summary>
internal sealed record CallSign(Tone Tone, string Icon, string Word);

/// <summary>What the screens say of a call.</summary>
internal static class CallWords
{
    /// <summary>The customer's address: a number, <c>anonymous</c> or the like; null when it is not known.</summary>
    public static string? Customer(this Call call) => Text(call.Direction == CallDirection.Outbound ? call.To : call.From ?? call.To);

    /// <summary>The other end's: the number that was called, or the one that the customer saw.</summary>
    public static string? Line(this Call call) => Text(call.Direction == CallDirection.Outbound ? call.From : call.To);

    public static Holder HolderFor(this Call call, CurrentUser viewer) =>
        call.ClaimedBy is null ? Holder.Nobody : string.Equals(call.ClaimedBy, viewer.PrincipalName, StringComparison.OrdinalIgnoreCase) ? Holder.Viewer : Holder.Another;

    /// <summary>The customer in plain text, for titles.</summary>
    public static string Name(this Call call, IStringLocalizer<Words> words) => Name(call, words, Telephone.Show);

    /// <summary>The customer as it is said aloud.</summary>
    public static string SpokenName(this Call call, IStringLocalizer<Words> words) => Name(call, words, Telephone.Spoken);

    public static string DirectionWord(this Call call, IStringLocalizer<Words> words) => call.Direction switch
    {
        CallDirection.Inbound => words["Customer called"],
        CallDirection.Outbound => words["We called"],
        _ => words["Direction unknown"],
    };

    /// <param name="line">The number at our end, as it is shown.</param>
    public static string DirectionWord(this Call call, IStringLocalizer<Words> words, string line) => call.Direction switch
    {
        CallDirection.Inbound => words["Customer called {0}", line],
        CallDirection.Outbound => words["We called from {0}", line],
        _ => words["With {0}", line],
    };

    public static string DirectionIcon(this Call call) => call.Direction switch
    {
        CallDirection.Inbound => "call_received",
        CallDirection.Outbound => "call_made",
        _ => "call",
    };

    public static CallSign Sign(this Call call, IStringLocalizer<Words> words) => call.Status switch
    {
        CallStatus.Queued or CallStatus.Ringing => new(Tone.Active, "ring_volume", words["Ringing"]),
        CallStatus.InProgress => new(Tone.Good, "call", words["Connected"]),
        CallStatus.Completed => new(Tone.Quiet, "call_end", words["Call ended"]),
        CallStatus.Busy => new(Tone.Quiet, "call_end", words["Busy"]),
        CallStatus.NoAnswer => new(Tone.Quiet, "phone_missed", words["No answer"]),
        CallStatus.Canceled => new(Tone.Quiet, "phone_missed", words["Hung up"]),
        CallStatus.Failed => new(Tone.Bad, "error", words["Call failed"]),
        _ => new(Tone.Quiet, "help", words["State unknown"]),
    };

    private static string Name(Call call, IStringLocalizer<Words> words, Func<string, string> write) => call.Customer() switch
    {
        null => words["Unknown number"],
        { } hidden when Telephone.IsWithheld(hidden) => words["Number withheld"],
        { } number => write(number),
    };

    private static string? Text(string? address) => string.IsNullOrWhiteSpace(address) ? null : address;
}
