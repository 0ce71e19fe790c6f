namespace AgentPay.Web.Components.Payments;

/// <summary>What a payment form begins with, as a screen-pop has handed it over.</summary>
/// <param name="Amount">Major units.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record PaymentDraft(decimal? Amount = null, string? Currency = null, string? Description = null, string? Reference = null, string? Profile = null);
