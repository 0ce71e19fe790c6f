namespace AgentPay.Web.Calls;

/// <summary>The result of claiming, releasing or handing over a call.</summary>
public abstract record ClaimOutcome
{
    private ClaimOutcome()
    {
    }

    /// <summary>The call is the agent's, from now on or already.</summary>
    public sealed record Claimed(Call Call) : ClaimOutcome;

    /// <summary>The agent's claim has ended, and the call can be claimed again.</summary>
    public sealed record Released(Call Call) : ClaimOutcome;

    /// <summary>The call is the colleague's.</summary>
    public sealed record HandedOver(Call Call) : ClaimOutcome;

    /// <summary>A payment of the agent's runs on the call, so it was not released.</summary>
    public sealed record PaymentRuns(Call Call) : ClaimOutcome;

    /// <summary>Another agent has it; only a supervisor may take it over.</summary>
    public sealed record HeldByAnother(Call Call) : ClaimOutcome;

    /// <summary>There is no such call, or it has ended.</summary>
    public sealed record NoSuchCall : ClaimOutcome;

    /// <summary>Sync is not responding.</summary>
    public sealed record Unavailable : ClaimOutcome;
}
