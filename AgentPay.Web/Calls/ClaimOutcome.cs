namespace AgentPay.Web.Calls;

/// <summary>The result of claiming, releasing or handing over a call.</summary>
public abstract record ClaimOutcome
{
    private ClaimOutcome()
    {
    }

    /// <summary>The agent holds the call, because of this request or an earlier one.</summary>
    public sealed record Claimed(Call Call) : ClaimOutcome;

    /// <summary>The claim has ended. Other agents can claim the call.</summary>
    public sealed record Released(Call Call) : ClaimOutcome;

    /// <summary>The colleague holds the call.</summary>
    public sealed record HandedOver(Call Call) : ClaimOutcome;

    /// <summary>The call was not released because the agent's payment on it is in progress.</summary>
    public sealed record PaymentRuns(Call Call) : ClaimOutcome;

    /// <summary>Another agent holds the call. Only a supervisor may take it over.</summary>
    public sealed record HeldByAnother(Call Call) : ClaimOutcome;

    /// <summary>The call does not exist or has ended.</summary>
    public sealed record NoSuchCall : ClaimOutcome;

    /// <summary>Sync is not responding.</summary>
    public sealed record Unavailable : ClaimOutcome;
}
