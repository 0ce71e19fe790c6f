namespace AgentPay.Web.Calls;

/// <summary>What came of claiming a call.</summary>
public abstract record ClaimOutcome
{
    private ClaimOutcome()
    {
    }

    /// <summary>The call is the agent's, from now on or already.</summary>
    public sealed record Claimed(Call Call) : ClaimOutcome;

    /// <summary>Another agent has it; only a supervisor may take it over.</summary>
    public sealed record HeldByAnother(Call Call) : ClaimOutcome;

    /// <summary>There is no such call, or it has ended.</summary>
    public sealed record NoSuchCall : ClaimOutcome;

    /// <summary>Sync cannot be asked just now, so nobody has claimed anything.</summary>
    public sealed record Unavailable : ClaimOutcome;
}
