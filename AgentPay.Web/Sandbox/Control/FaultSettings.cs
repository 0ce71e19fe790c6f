namespace AgentPay.Web.Sandbox.Control;

/// <summary>What goes wrong on purpose: probabilities from 0 to 1, and delays in milliseconds. The default is nothing.</summary>
public sealed record FaultSettings
{
    public double SyncError { get; init; }
    public double SyncThrottle { get; init; }
    public int SyncDelayMs { get; init; }
    public double ApiError { get; init; }
    public double ApiTimeout { get; init; }
    public int ApiDelayMs { get; init; }
    public double CallbackDuplicate { get; init; }
    public double CallbackReorder { get; init; }
    public int CallbackDelayMs { get; init; }
    public double CallbackLoss { get; init; }

    /// <summary>The first value that is out of range, in words; null when all are in range.</summary>
    public string? Problem()
    {
        var probabilities = new Dictionary<string, double>
        {
            ["syncError"] = SyncError,
            ["syncThrottle"] = SyncThrottle,
            ["apiError"] = ApiError,
            ["apiTimeout"] = ApiTimeout,
            ["callbackDuplicate"] = CallbackDuplicate,
            ["callbackReorder"] = CallbackReorder,
            ["callbackLoss"] = CallbackLoss,
        };
        var delays = new Dictionary<string, int>
        {
            ["syncDelayMs"] = SyncDelayMs,
            ["apiDelayMs"] = ApiDelayMs,
            ["callbackDelayMs"] = CallbackDelayMs,
        };
        var probability = probabilities.FirstOrDefault(p => p.Value is not (>= 0 and <= 1)).Key;
        if (probability is not null) return $"{probability} is a probability, from 0 to 1";
        var delay = delays.FirstOrDefault(d => d.Value is < 0 or > 60_000).Key;
        return delay is null ? null : $"{delay} is a delay in milliseconds, from 0 to 60000";
    }
}
