namespace AgentPay.Web.Payments;

/// <summary>The section <c>Payments</c>.</summary>
public sealed class PaymentsOptions
{
    public const string Section = "Payments";

    /// <summary>What agents choose from; the first is the default.</summary>
    public List<PaymentProfile> Profiles { get; set; } = [];

    /// <summary>The predecessor's comma-separated list of pay connectors: a profile each, where no profiles are given.</summary>
    public string? Connectors { get; set; }

    /// <summary>From the start until everything is captured.</summary>
    public TimeSpan CaptureWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>From a submission until its outcome is called unknown.</summary>
    public TimeSpan OutcomeTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a charge of the same reference and amount, on any call, asks the agent to confirm; zero never asks.</summary>
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromMinutes(10);

    public PaymentLimits Limits => new(CaptureWindow, OutcomeTimeout);

    /// <summary>What could not be read from the section, a sentence each: it stops the start.</summary>
    internal List<string> Unreadable { get; } = [];

    internal void Read(IConfiguration configuration)
    {
        new StrictBinding(Unreadable).Bind(configuration.GetSection(Section), this);
        for (var i = 0; i < Profiles.Count; i++) Profiles[i].ReadLimits($"{Section}:Profiles:{i}:{nameof(PaymentProfile.MaxAmount)}", Unreadable);
    }
}
