namespace AgentPay.Web;

/// <summary>What this process is: AgentPay on its own sandbox, AgentPay on a real account, or the sandbox alone.</summary>
public enum AgentPayMode
{
    Sandbox,
    Live,
    SandboxServer,
}

/// <summary>The section <c>AgentPay</c> of the configuration.</summary>
public sealed class AgentPayOptions
{
    public const string Section = "AgentPay";

    public AgentPayMode Mode { get; init; } = AgentPayMode.Sandbox;

    /// <summary>Absolute base of all callback URLs and signature checks. Required in Live; in Sandbox it defaults to the listening address.</summary>
    public string? PublicBaseUrl { get; init; }

    /// <summary>Origins whose pages may call the API from a browser, written as browsers send them: <c>https://desk.example.com</c>. None by default.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Who may show the console in a frame, as CSP's frame-ancestors takes it: <c>https://cti.example.com</c>, <c>'self'</c>. Nobody by default.</summary>
    public IReadOnlyList<string> FrameAncestors { get; init; } = [];
}
