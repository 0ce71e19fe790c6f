namespace AgentPay.Web.Sandbox.Control;

/// <summary>Probabilities (0 to 1) and delays (milliseconds) of simulated faults. By default there are none.</summary>
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
    public double RecorderError { get; init; }
    public int RecorderDelayMs { get; init; }

    // Describes the first value that is out of range. Returns null if all are valid.
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
            ["recorderError"] = RecorderError,
        };
        var delays = new Dictionary<string, int>
        {
            ["syncDelayMs"] = SyncDelayMs,
            ["apiDelayMs"] = ApiDelayMs,
            ["callbackDelayMs"] = CallbackDelayMs,
            ["recorderDelayMs"] = RecorderDelayMs,
        };
        var probability = probabilities.FirstOrDefault(p => p.Value is not (>= 0 and <= 1)).Key;
        if (probability is not null) return $"{probability} must be a probability from 0 to 1";
        var delay = delays.FirstOrDefault(d => d.Value is < 0 or > 60_000).Key;
        return delay is null ? null : $"{delay} must be a delay of 0 to 60000 milliseconds";
    }
}
