using System.Text.Json.Serialization;

namespace AgentPay.Web.Payments;

/// <summary>A change of the agent of a payment: taken over by a supervisor, or handed over to a colleague.</summary>
/// <param name="From">Principal name of the former agent.</param>
/// <param name="To">Principal name of the new agent.</param>
/// <param name="At">UTC.</param>
/// <param name="IsTransfer">True when the PBX transferred the call and the new agent took it with its payment.</param>
public sealed record AgentChange(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] AgentChangeKind Kind,
    string From,
    string To,
    DateTimeOffset At,
    bool IsTransfer = false)
{
    /// <summary>Returns the agent who started a payment.</summary>
    /// <param name="agent">The current agent.</param>
    /// <param name="changes">Oldest first; null when there is none.</param>
    public static string StarterOf(string agent, IReadOnlyList<AgentChange>? changes) =>
        changes is [var first, ..] ? first.From : agent;
}

public enum AgentChangeKind
{
    TakenOver,
    HandedOver,
}
