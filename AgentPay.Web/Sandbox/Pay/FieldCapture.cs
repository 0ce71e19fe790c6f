namespace AgentPay.Web.Sandbox.Pay;

/// <summary>A capture in force.</summary>
/// <param name="first">What the second entry of a field must equal; null when this is the first.</param>
public sealed class FieldCapture(CaptureStep step, FieldEntry entry, string? first)
{
    public CaptureStep Step { get; } = step;

    public FieldEntry Entry { get; } = entry;

    /// <summary>The <c>ErrorType</c> that the entry ends with; null when it is good.</summary>
    public string? Judge(bool afterPause)
    {
        if (afterPause && Entry.IsTooShort) return ErrorTypes.InputTimeout;
        if (first is null) return Entry.Problem();
        return Entry.Digits == first ? null : ErrorTypes.InputMatchingFailed;
    }
}
