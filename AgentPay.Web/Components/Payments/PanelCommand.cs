using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Components.Payments;

/// <summary>What a button of the payment panel does. A closed set.</summary>
public abstract record PanelCommand
{
    private PanelCommand()
    {
    }

    /// <param name="IsConfirmedAgain">The agent has read that the same was paid already, and charges again.</param>
    public sealed record Start(bool IsConfirmedAgain = false) : PanelCommand;

    /// <summary>Ends the repetition of a start that was refused because AgentPay is busy.</summary>
    public sealed record StopWaiting : PanelCommand;

    public sealed record Ask(CaptureField Field) : PanelCommand;

    public sealed record Submit : PanelCommand;

    public sealed record Cancel : PanelCommand;

    /// <summary>Slow-keying mode for the fields that are still to be entered.</summary>
    public sealed record SlowDown : PanelCommand;

    /// <summary>Cancels the payment, and starts it again in slow-keying mode once it is cancelled.</summary>
    public sealed record RestartSlowly : PanelCommand;

    public sealed record TryAgain : PanelCommand;

    /// <summary>Returns to the form, with the details of the payment that failed or empty.</summary>
    public sealed record OpenForm(bool KeepsDetails) : PanelCommand;

    /// <summary>Reads the payment from Sync again, for an outcome that arrived late.</summary>
    public sealed record CheckAgain : PanelCommand;

    public sealed record TakeOver : PanelCommand;
}
