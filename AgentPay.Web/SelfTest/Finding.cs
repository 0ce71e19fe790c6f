namespace AgentPay.Web.SelfTest;

public enum Verdict
{
    Good,
    Warning,
    Failed,
}

/// <summary>The result of a check, in words for an administrator. It repeats no secret and no text of a response.</summary>
/// <param name="Advice">What to do; null when there is nothing to do.</param>
public sealed record Finding(Verdict Verdict, string Message, string? Advice = null)
{
    public static Finding Good(string message) => new(Verdict.Good, message);

    public static Finding Warning(string message, string advice) => new(Verdict.Warning, message, advice);

    public static Finding Failed(string message, string advice) => new(Verdict.Failed, message, advice);
}
