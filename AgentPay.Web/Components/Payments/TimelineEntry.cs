using AgentPay.Web.Components.Parts;

namespace AgentPay.Web.Components.Payments;

/// <summary>One step of a payment. Single digits are no entries, except the first of a field.</summary>
/// <param name="At">UTC; null for steps that happened before this screen was opened.</param>
/// <param name="IsAlert">The agent has to react now.</param>
public sealed record TimelineEntry(string Text, string Icon, Tone Tone = Tone.Quiet, bool IsAlert = false, DateTimeOffset? At = null);
