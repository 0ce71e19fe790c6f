using AgentPay.Web.Board;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Payments;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace AgentPay.Web.Components.Board;

/// <summary>Describes payments and rows in the words of the board.</summary>
internal static class BoardWords
{
    /// <summary>The state of a payment: word, tone and icon.</summary>
    public static (string Word, Tone Tone, string Icon) Sign(this BoardPayment payment, IStringLocalizer<Words> words) => payment switch
    {
        { Result: { } kind, Label: { } label } => (words[label], Tones.Of(kind), Tones.IconOf(kind)),
        { Phase: PaymentPhase.Starting } => (words["Starting"], Tone.Active, Icons.Material.Rounded.HourglassTop),
        { Phase: PaymentPhase.Ready } => (words["All captured"], Tone.Good, Icons.Material.Rounded.TaskAlt),
        { Phase: PaymentPhase.Confirming } => (words["Caller is confirming"], Tone.Active, Icons.Material.Rounded.Dialpad),
        { Phase: PaymentPhase.Submitting } => (words["Processing"], Tone.Active, Icons.Material.Rounded.Sync),
        { Phase: PaymentPhase.Cancelling } => (words["Cancelling"], Tone.Active, Icons.Material.Rounded.HourglassTop),
        { IsPaused: true } => (words["Paused"], Tone.Caution, Icons.Material.Rounded.Pause),
        _ => (words["Caller is entering"], Tone.Active, Icons.Material.Rounded.Dialpad),
    };

    /// <summary>Why the row needs attention, a few words; null when it does not.</summary>
    public static string? Reason(this BoardRow row, IStringLocalizer<Words> words) => row switch
    {
        { Attention: Attention.NeedsChecking } => words["May have been charged"].Value,
        { Attention: Attention.Failing, Payment.IsOver: true } => words["The last payment failed"].Value,
        { Attention: Attention.Failing, Payment: { Attempts: >= Attentions.ManyAttempts, Field: { } field } payment } =>
            words["{0} asked {1} times", FieldWords.Of(field, words).Name, payment.Attempts].Value,
        { Attention: Attention.Failing } => words["Twilio refused the last request"].Value,
        { Attention: Attention.Stalled } => words["Longer than usual"].Value,
        _ => null,
    };
}
