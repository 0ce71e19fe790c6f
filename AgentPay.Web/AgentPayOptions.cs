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

    /// <summary>How long a stopping instance goes on serving after it has said that it is not ready: as long as the balancer takes to notice. None by default.</summary>
    public TimeSpan DrainTime { get; init; }

    /// <summary>Origins whose pages may call the API from a browser, written as browsers send them: <c>https://desk.example.com</c>. None by default.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Who may show the console in a frame, as CSP's frame-ancestors takes it: <c>https://cti.example.com</c>, <c>'self'</c>. Nobody by default.</summary>
    public IReadOnlyList<string> FrameAncestors { get; init; } = [];

    /// <summary>
    /// Reverse proxies, as addresses (<c>10.0.0.5</c>) or networks (<c>10.0.0.0/8</c>), whose <c>X-Forwarded-For</c> tells the client's address.
    /// None by default, and then nobody's is believed.
    /// </summary>
    public IReadOnlyList<string> KnownProxies { get; init; } = [];

    public RateLimitOptions RateLimits { get; init; } = new();
}

/// <summary>Requests a minute, as many of them at once as well. Far above what people do; they stop programs that run wild.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Sign-ins and tokens, by the client's address: a call centre behind one address signs in at the beginning of a shift.</summary>
    public int SignInPerMinute { get; init; } = 1200;

    /// <summary>The API, by the identity of the Sync token: also for a front end that acts for all agents under one.</summary>
    public int ApiPerMinute { get; init; } = 6000;
}
