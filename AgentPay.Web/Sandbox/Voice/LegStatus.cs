namespace AgentPay.Web.Sandbox.Voice;

/// <summary>The states of a call in Twilio's order.</summary>
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

/// <summary>Converts <see cref="LegStatus"/> to Twilio's names, such as <c>in-progress</c>.</summary>
public static class LegStatusNames
{
    private static readonly string[] Words = ["queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled"];

    public static string ToName(this LegStatus status) => Words[(int)status];

    public static bool IsFinal(this LegStatus status) => status > LegStatus.InProgress;

    public static bool TryParse(string word, out LegStatus status)
    {
        status = (LegStatus)Array.IndexOf(Words, word);
        return status >= 0;
    }
}
