namespace AgentPay.Web.Sandbox.Pay;

// A capture in progress. first is the value that a second entry must repeat; null for a first entry.
public sealed class FieldCapture(CaptureStep step, FieldEntry entry, string? first)
{
    public CaptureStep Step { get; } = step;

    public FieldEntry Entry { get; } = entry;

    // Returns the ErrorType of the entry, or null if it is valid.
    public string? Validate(bool timedOut)
    {
        if (timedOut && Entry.IsTooShort) return ErrorTypes.InputTimeout;
        if (first is null) return Entry.Validate();
        return Entry.Digits == first ? null : ErrorTypes.InputMatchingFailed;
    }
}
