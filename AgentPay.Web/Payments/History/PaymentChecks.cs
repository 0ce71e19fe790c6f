using AgentPay.Web.CardData;
using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>Closes payments that need checking, for supervisors.</summary>
public sealed class PaymentChecks(PaymentFlow flow, HistoryStore history, TimeProvider clock)
{
    public const int LongestReference = 100;
    public const int LongestNote = 300;

    private static readonly DeskAnswer.Refused NotSupervisor = new("not-supervisor", "Only a supervisor can close a check.");
    private static readonly DeskAnswer.Refused NoReference = new("reference-missing", "Enter the gateway's reference of the charge.");
    private static readonly DeskAnswer.Refused TooLong = new("text-too-long", "The reference or the note is too long.");
    private static readonly DeskAnswer.Refused NotOneLine =
        new("text-not-one-line", "The reference and the note are one line of text each.");
    private static readonly DeskAnswer.Refused CardNumber = new(
        PaymentPlanner.CardNumberInText,
        "There seems to be a card number in the reference or the note. Remove it: card numbers must not be stored.");

    /// <summary>Records what the supervisor found in the gateway. Returns null on success.</summary>
    /// <param name="seen">The record that the supervisor has checked. A check with a newer result is not closed.</param>
    /// <param name="reference">The gateway's reference; required when the customer was charged.</param>
    public async Task<DeskAnswer.Refused?> CloseAsync(
        CurrentUser supervisor, HistoryRecord seen, bool isCharged, string? reference, string? note, CancellationToken cancellation)
    {
        var closing = new PaymentClosing(
            isCharged, Clean(reference), Clean(note), supervisor.PrincipalName, clock.GetUtcNow(), seen.Result);
        if (!supervisor.IsSupervisor) return NotSupervisor;
        if (ProblemOf(closing) is { } problem) return problem;
        try
        {
            // While the payment document exists, a change of the payment also updates the record. Later, only this class changes it.
            return await flow.ApplyAsync(seen.Id, new Closed(closing.At, closing), by: null, cancellation) is { } happened
                ? AnswerOf(happened.After.Closing, closing)
                : await CloseRecordAsync(seen, closing, cancellation);
        }
        catch (ServiceUnavailableException)
        {
            return DeskAnswer.Unavailable;
        }
    }

    private async Task<DeskAnswer.Refused?> CloseRecordAsync(HistoryRecord seen, PaymentClosing closing, CancellationToken cancellation)
    {
        if (await history.FetchAsync(seen, cancellation) is not { } stored) return DeskAnswer.NotFound;
        if (!closing.Closes(stored.Data)) return AnswerOf(stored.Data.Closing, closing);
        return await history.CloseAsync(stored, closing, cancellation) ? null : DeskAnswer.TooLate;
    }

    /// <summary>A repeated command succeeds when the first one has closed the check in the same way.</summary>
    private static DeskAnswer.Refused? AnswerOf(PaymentClosing? there, PaymentClosing closing) =>
        there is not null && there with { At = closing.At } == closing ? null : DeskAnswer.TooLate;

    private static DeskAnswer.Refused? ProblemOf(PaymentClosing closing) => closing switch
    {
        { IsCharged: true, Reference: null } => NoReference,
        { Reference.Length: > LongestReference } or { Note.Length: > LongestNote } => TooLong,
        _ when CardNumbers.AreIn(closing.Reference) || CardNumbers.AreIn(closing.Note) => CardNumber,
        _ when !OneLine.Is(closing.Reference ?? "") || !OneLine.Is(closing.Note ?? "") => NotOneLine,
        _ => null,
    };

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
