namespace AgentPay.Web.Components.Setup.Checks;

public enum Verdict
{
    Good,
    Warning,
    Failed,
}

/// <summary>What a check found, in words for an administrator. Never a secret, nor anything that Twilio said which might repeat one.</summary>
/// <param name="ToDo">What to do about it; null when there is nothing to do.</param>
public sealed record Finding(Verdict Verdict, string Said, string? ToDo = null)
{
    public static Finding Good(string said) => new(Verdict.Good, said);

    public static Finding Warning(string said, string toDo) => new(Verdict.Warning, said, toDo);

    public static Finding Failed(string said, string toDo) => new(Verdict.Failed, said, toDo);
}
