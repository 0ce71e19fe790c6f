namespace AgentPay.Web.Calls;

/// <summary>The result of looking for the call that an address names.</summary>
public abstract record CallFinding
{
    private CallFinding()
    {
    }

    /// <param name="IsOutside">Only Twilio knows the call: AgentPay received no webhook for it and will receive none.</param>
    public sealed record Found(Call Call, bool IsOutside) : CallFinding;

    /// <summary>The call may still come: the CRM can be faster than Twilio's webhook, and the customer may not have answered yet.</summary>
    public sealed record NotYet : CallFinding;

    /// <summary>Neither AgentPay nor Twilio knows a call with a customer that has this leg.</summary>
    public sealed record NoSuchCall : CallFinding;

    /// <summary>Neither Sync nor Twilio can be reached.</summary>
    public sealed record Unavailable : CallFinding;
}
