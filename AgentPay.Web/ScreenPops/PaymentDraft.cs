namespace AgentPay.Web.ScreenPops;

/// <summary>Initial values of the payment form, for example from a screen-pop.</summary>
/// <param name="Amount">In major units.</param>
/// <param name="Currency">ISO 4217; empty means the currency of the profile.</param>
/// <param name="Profile">The default profile is used if this is empty or unknown.</param>
public sealed record PaymentDraft(
    decimal? Amount = null, string? Currency = null, string? Description = null, string? Reference = null, string? Profile = null);
