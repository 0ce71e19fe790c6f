using AgentPay.Web.Calls;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;
using MudBlazor;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Components.Calls;

/// <summary>Describes calls in the words of the screens.</summary>
internal static class CallWords
{
    /// <summary>Why a call was not claimed, released or handed over, a sentence; null when it was.</summary>
    public static string? Problem(this ClaimOutcome outcome, IStringLocalizer<Words> words) => outcome switch
    {
        ClaimOutcome.Claimed or ClaimOutcome.Released or ClaimOutcome.HandedOver => null,
        ClaimOutcome.HeldByAnother(var call) => words["{0} has already claimed this call.", call.HolderName()].Value,
        ClaimOutcome.PaymentRuns =>
            words["Your payment on this call is still running. Finish or cancel it first, or hand the call over."].Value,
        ClaimOutcome.NoSuchCall => words["This call has ended."].Value,
        _ => words["Twilio Sync is not responding. Nothing was changed. Try again in a moment."].Value,
    };

    /// <summary>How a transfer of the call is going, for its holder; null when there is none since the call was claimed.</summary>
    public static (Tone Tone, string Title, string Text)? TransferNotice(this Call call, IStringLocalizer<Words> words)
    {
        if (call is not { HasEnded: false, Transfer: { } transfer } || transfer.ClaimNumber != call.ClaimNumber) return null;
        var title = transfer.Words(words);
        return transfer.State switch
        {
            TransferState.Ringing => (Tone.Active, title,
                words["The payment goes on. It stays yours until the next agent takes the call."]),
            TransferState.Answered => (Tone.Active, title,
                words["The next agent takes the call and its payment by opening it. Until then, you can finish or cancel the payment."]),
            TransferState.NotAnswered => (Tone.Caution, title, words["The call is still yours."]),
            _ when transfer.To.Length == 0 => (Tone.Caution, title,
                words["Your phone sent a target that AgentPay cannot read. The call is still yours."]),
            _ => (Tone.Caution, title,
                words["The call is still yours. Your AgentPay administrator can allow this target."]),
        };
    }

    /// <summary>The target and the result of a transfer, for everyone who may see the call.</summary>
    public static string Words(this CallTransfer transfer, IStringLocalizer<Words> words) => transfer.State switch
    {
        TransferState.Ringing => words["Transferring to {0}…", transfer.Target()],
        TransferState.Answered => words["Transferred to {0}", transfer.Target()],
        TransferState.NotAnswered => words["{0} did not answer", transfer.Target()],
        _ when transfer.To.Length == 0 => words["The transfer was not possible"],
        _ => words["Transfers to {0} are not allowed", transfer.Target()],
    };

    /// <summary>Why no payment can be started on the call now, a sentence; null when one can.</summary>
    /// <param name="isViewOnly">The call is not the viewer's.</param>
    public static string? StartProblem(this Call call, bool isViewOnly, IStringLocalizer<Words> words) => call switch
    {
        { ClaimedBy: null } when isViewOnly => words["Claim the call to start a payment."].Value,
        _ when isViewOnly => words["{0} has this call.", call.HolderName()].Value,
        { HasEnded: true } => words["The call has ended: a payment can only be started on a live call."].Value,
        { Status: CallStatus.Queued or CallStatus.Ringing } =>
            words["The call is not answered yet. A payment can be started as soon as it is."].Value,
        _ => null,
    };

    /// <summary>The customer in plain text, for titles.</summary>
    public static string Name(this Call call, IStringLocalizer<Words> words) => Name(call, words, Telephone.Show);

    /// <summary>The customer as a screen reader says it.</summary>
    public static string SpokenName(this Call call, IStringLocalizer<Words> words) => Name(call, words, Telephone.Spoken);

    public static string DirectionWord(this Call call, IStringLocalizer<Words> words) => call.Direction switch
    {
        CallDirection.Inbound => words["Incoming"],
        CallDirection.Outbound => words["Outgoing"],
        _ => words["Direction unknown"],
    };

    /// <param name="line">Our number, as it is shown; null when it is not known.</param>
    public static string DirectionWords(this Call call, IStringLocalizer<Words> words, string? line) => (call.Direction, line) switch
    {
        (CallDirection.Inbound, null) => words["Customer called"],
        (CallDirection.Inbound, _) => words["Customer called {0}", line],
        (CallDirection.Outbound, null) => words["We called"],
        (CallDirection.Outbound, _) => words["We called from {0}", line],
        (_, null) => words["Direction unknown"],
        _ => words["Call with {0}", line],
    };

    public static string DirectionIcon(this Call call) => call.Direction switch
    {
        CallDirection.Inbound => Icons.Material.Rounded.CallReceived,
        CallDirection.Outbound => Icons.Material.Rounded.CallMade,
        _ => Icons.Material.Rounded.Call,
    };

    /// <summary>The state of a call: word, tone and icon.</summary>
    public static (string Word, Tone Tone, string Icon) Sign(this Call call, IStringLocalizer<Words> words) => call.Status switch
    {
        CallStatus.Queued or CallStatus.Ringing => (words["Ringing"], Tone.Active, Icons.Material.Rounded.RingVolume),
        CallStatus.InProgress => (words["Connected"], Tone.Good, Icons.Material.Rounded.Call),
        CallStatus.Completed => (words["Call ended"], Tone.Quiet, Icons.Material.Rounded.CallEnd),
        CallStatus.Busy => (words["Busy"], Tone.Quiet, Icons.Material.Rounded.CallEnd),
        CallStatus.NoAnswer => (words["No answer"], Tone.Quiet, Icons.Material.Rounded.PhoneMissed),
        CallStatus.Canceled => (words["Hung up"], Tone.Quiet, Icons.Material.Rounded.PhoneMissed),
        CallStatus.Failed => (words["Call failed"], Tone.Bad, Icons.Material.Rounded.Error),
        _ => (words["State unknown"], Tone.Quiet, Icons.Material.Rounded.Help),
    };

    private static string Target(this CallTransfer transfer) =>
        transfer.To.Contains(':') ? transfer.To[(transfer.To.IndexOf(':') + 1)..] : Telephone.Show(transfer.To);

    private static string Name(Call call, IStringLocalizer<Words> words, Func<string, string> write) => call.Customer() switch
    {
        // Records of the earlier version have no numbers. An incoming call without a number has a withheld one.
        null when call.Direction != CallDirection.Inbound => words["Unknown number"],
        { } number when !WithheldNumber.Is(number) => write(number),
        _ => words["Number withheld"],
    };
}
