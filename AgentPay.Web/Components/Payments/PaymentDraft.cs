namespace AgentPay.Web.Components.Payments;

/// <summary>What a payment form is filled with before the agent has typed anything, such as by screen-pop.</summary>
/// <param name="Amount">Major units.</param>
/// <param name="Currency">ISO 4217; empty means the profile's.</param>
/// <param name="Profile">Empty, or one that there is not, means the default.</param>
public sealed record PaymentDraft(decimal? Amount = null, string? Currency = null, string? Description = null, string? Reference = null, string? Profile = null);
