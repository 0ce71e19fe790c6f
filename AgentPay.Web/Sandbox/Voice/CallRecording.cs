namespace AgentPay.Web.Sandbox.Voice;

// The recording of a call. It belongs to the leg that dialled and ends with that leg.
public sealed class CallRecording(DateTimeOffset startedAt)
{
    public const string InProgress = "in-progress";
    public const string Paused = "paused";
    public const string Stopped = "stopped";
    public const string Completed = "completed";

    public string Sid { get; } = Sandbox.Sid.New("RE");

    public DateTimeOffset StartedAt => startedAt;

    // One of the constants above.
    public string Status { get; private set; } = InProgress;

    // True until the recording is stopped or its leg ends.
    public bool IsRunning => Status is InProgress or Paused;

    // All statuses so far, oldest first.
    public IReadOnlyList<string> History { get; private set; } = [InProgress];

    public void Enter(string status)
    {
        if (!IsRunning || status == Status) return;
        (Status, History) = (status, [.. History, status]);
    }
}
