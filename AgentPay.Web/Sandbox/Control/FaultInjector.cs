using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Control;

/// <summary>How one request to an API is to go wrong. <c>After</c>: it takes effect, but its sender never learns that.</summary>
public enum RequestFault
{
    None,
    Throttled,
    ErrorBefore,
    ErrorAfter,
    SilenceBefore,
    SilenceAfter,
}

/// <summary>Decides what goes wrong, from the settings and a seeded sequence, so that a run can be repeated.</summary>
public sealed class FaultInjector(IOptions<SandboxOptions> options) : IResettable
{
    private readonly Lock _lock = new();
    private Random _random = new(options.Value.Seed);

    public FaultSettings Settings { get; set; } = new();

    public RequestFault DrawForApi()
    {
        if (Happens(Settings.ApiTimeout)) return Happens(0.5) ? RequestFault.SilenceBefore : RequestFault.SilenceAfter;
        return DrawError(Settings.ApiError);
    }

    public RequestFault DrawForSync() => Happens(Settings.SyncThrottle) ? RequestFault.Throttled : DrawError(Settings.SyncError);

    /// <summary>True with the given probability; a probability of 0 does not use up a random number.</summary>
    public bool Happens(double probability)
    {
        if (probability <= 0) return false;
        lock (_lock) return _random.NextDouble() < probability;
    }

    public void Reset()
    {
        Settings = new();
        lock (_lock) _random = new(options.Value.Seed);
    }

    private RequestFault DrawError(double probability)
    {
        if (!Happens(probability)) return RequestFault.None;
        return Happens(0.5) ? RequestFault.ErrorBefore : RequestFault.ErrorAfter;
    }
}
