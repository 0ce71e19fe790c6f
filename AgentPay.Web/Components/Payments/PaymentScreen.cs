using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Components.Payments;

/// <summary>What the panel's parts are drawn from: the snapshot, and what this agent may do with it.</summary>
/// <param name="Session">Null while the form is shown.</param>
/// <param name="Wish">What the agent has pressed and no snapshot shows yet.</param>
/// <param name="IsMine">False for a supervisor who looks at another's payment.</param>
/// <param name="IsDelayed">What is shown may be old, so nothing is charged on its word.</param>
/// <param name="IsSilent">Twilio has not answered for long, so the caller is not asked for anything.</param>
/// <param name="Obstacle">Why nothing can be started on the call now, a sentence; null when it can.</param>
public sealed record PaymentScreen(PaymentSession? Session, PaymentWish? Wish = null, bool IsMine = true, bool IsDelayed = false, string? Obstacle = null, bool IsSilent = false)
{
    public bool IsBusy => Wish is not null || Session?.Pending is not null;

    /// <summary>
    /// Whether the fields and the charge are this agent's to ask for here. A payment that another front end drives over the API is only followed:
    /// two drivers would ask over each other. Cancelling it stays possible, as that is safe whoever does it.
    /// </summary>
    public bool MayDrive => IsMine && Session?.Plan.Driver != PaymentDriver.Client;

    public bool MayCancel => IsMine && Session is { IsBeforeSubmission: true };

    public bool MayTakeOver => !IsMine && Session is { IsOver: false };

    public bool MayAsk(CaptureField field) =>
        MayDrive && !IsBusy && Session is { Phase: PaymentPhase.Capturing or PaymentPhase.Ready } session && session.MayAsk(field);

    public bool IsOpen => Session?.Rows.Any(row => row.IsOpen) == true;

    /// <summary>The field to ask for next: one that went wrong, or else the first that is missing; null while one is being entered, or when none is missing.</summary>
    public CaptureField? Next => Session is not { Phase: PaymentPhase.Capturing } session || IsOpen ? null
        : session.Current is { } current && session.Row(current) is { Progress: not FieldProgress.Captured } ? current
        : session.Rows.FirstOrDefault(row => row.Progress != FieldProgress.Captured && session.MayAsk(row.Field))?.Field;
}
