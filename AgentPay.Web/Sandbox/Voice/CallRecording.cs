namespace AgentPay.Web.Sandbox.Voice;

/// <summary>The recording of a call. It belongs to the leg that dialled and ends with it.</summary>
public sealed class CallRecording(DateTimeOffset startedAt)
{
    public const string InProgress = "in-progress";
    public const string Paused = "paused";
    public const string Stopped = "stopped";
    public const string Completed = "completed";

    public string Sid { get; } = Sandbox.Sid.New("RE");

    public DateTimeOffset StartedAt => startedAt;

    /// <summary><c>in-progress</c>, <c>paused</c>, <c>stopped</c> or <c>completed</c>.</summary>
    public string Status { get; private set; } = InProgress;

    /// <summary>Neither stopped nor ended with the call.</summary>
    public bool IsRunning => Status is InProgress or Paused;

    /// <summary>Every status that it has had, oldest first.</summary>
    public IReadOnlyList<string> History { get; private set; } = [InProgress];

    public void Enter(string status)
    {
        if (!IsRunning || status == Status) return;
        (Status, History) = (status, [.. History, status]);
    }
}
