namespace AgentPay.Web.Components.History;

/// <summary>What somebody wants to see of the history.</summary>
public sealed record HistoryChoice(HistoryDay Day, HistoryFilter Filter);
