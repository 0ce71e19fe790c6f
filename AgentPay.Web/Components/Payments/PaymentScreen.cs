using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Components.Payments;

/// <summary>The state from which the parts of the panel are rendered: the snapshot, and what this agent may do with it.</summary>
/// <param name="Session">Null while the form is shown.</param>
/// <param name="Running">The command that was sent and whose result no snapshot shows yet.</param>
/// <param name="IsMine">False for somebody who views another agent's payment.</param>
/// <param name="IsDelayed">The snapshot may be out of date, so the payment cannot be taken now.</param>
/// <param name="IsTwilioSlow">Twilio has not answered the last request for a while, so the caller should wait.</param>
/// <param name="HasCallEnded">There is nobody to talk to any more.</param>
/// <param name="StartProblem">Why no payment can be started on the call now, a sentence; null when one can.</param>
public sealed record PaymentScreen(
    PaymentSession? Session,
    PanelCommand? Running = null,
    bool IsMine = true,
    bool IsDelayed = false,
    bool IsTwilioSlow = false,
    bool HasCallEnded = false,
    string? StartProblem = null)
{
    /// <summary>Whether this agent may make the payment of another agent, given by principal name, their own.</summary>
    public Func<string, bool> MayTakeOverFrom { get; init; } = _ => false;

    public bool IsBusy => Running is not null || Session?.Pending is not null;

    /// <summary>
    /// Whether this agent asks for the fields and takes the payment. A payment that an API client drives is only followed: two drivers
    /// would ask over each other. Cancelling it stays possible, because that is always safe.
    /// </summary>
    public bool MayDrive => IsMine && Session?.Plan.Driver != PaymentDriver.Client;

    public bool MayCancel => IsMine
        && Session is { IsBeforeSubmission: true } or { Phase: PaymentPhase.Confirming, Pending: not { Action: PaymentAction.Cancel } };

    public bool MaySlowDown => MayDrive && Session is { Phase: PaymentPhase.Capturing or PaymentPhase.Ready, IsSlow: false };

    public bool MayTakeOver => !IsMine && Session is { IsOver: false } && MayTakeOverFrom(Session.Agent);

    public bool ShowsAskButtons => MayDrive && Session is { Phase: PaymentPhase.Capturing or PaymentPhase.Ready };

    public bool MayAsk(CaptureField field) => ShowsAskButtons && !IsBusy && Session!.MayAsk(field);

    /// <summary>The field to ask for next: the one that failed, or else the first missing one. Null while a field is open.</summary>
    public CaptureField? NextField => Session is not { Phase: PaymentPhase.Capturing } session || session.Rows.Any(row => row.IsOpen) ? null
        : session.Current is { } current && session.Row(current) is { Progress: not FieldProgress.Captured } ? current
        : session.Rows.FirstOrDefault(row => row.Progress != FieldProgress.Captured && session.MayAsk(row.Field))?.Field;
}
