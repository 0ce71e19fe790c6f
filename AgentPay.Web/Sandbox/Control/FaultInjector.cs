using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Control;

/// <summary>The fault of one API request. <c>After</c>: the request takes effect, but the client gets no result.</summary>
public enum RequestFault
{
    None,
    Throttled,
    ErrorBefore,
    ErrorAfter,
    TimeoutBefore,
    TimeoutAfter,
}

/// <summary>Chooses faults from the settings with a seeded random sequence, so that a run can be repeated.</summary>
public sealed class FaultInjector(IOptions<SandboxOptions> options) : IResettable
{
    private readonly Lock _lock = new();
    private Random _random = new(options.Value.Seed);

    public FaultSettings Settings { get; set; } = new();

    public RequestFault DrawForApi()
    {
        if (Happens(Settings.ApiTimeout)) return Happens(0.5) ? RequestFault.TimeoutBefore : RequestFault.TimeoutAfter;
        return DrawError(Settings.ApiError);
    }

    public RequestFault DrawForSync() => Happens(Settings.SyncThrottle) ? RequestFault.Throttled : DrawError(Settings.SyncError);

    /// <summary>Returns true with the given probability. A probability of 0 uses no random number.</summary>
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
