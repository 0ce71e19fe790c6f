namespace AgentPay.Web.Sandbox.Voice;

/// <summary>The states of a call, in Twilio's order and words.</summary>
public enum LegStatus
{
    Queued,
    Ringing,
    InProgress,
    Completed,
    Busy,
    Failed,
    NoAnswer,
    Canceled,
}

/// <summary>Twilio's spelling of <see cref="LegStatus"/>: <c>in-progress</c>, <c>no-answer</c>.</summary>
public static class LegStatusWords
{
    private static readonly string[] Words = ["queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled"];

    public static string ToWord(this LegStatus status) => Words[(int)status];

    public static bool IsFinal(this LegStatus status) => status > LegStatus.InProgress;

    public static bool TryParse(string word, out LegStatus status)
    {
        status = (LegStatus)Array.IndexOf(Words, word);
        return status >= 0;
    }
}
