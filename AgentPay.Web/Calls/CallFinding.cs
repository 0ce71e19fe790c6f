namespace AgentPay.Web.Calls;

/// <summary>The result of a search for a call.</summary>
public abstract record CallFinding
{
    private CallFinding()
    {
    }

    /// <param name="IsOutside">True when AgentPay received no webhook for the call and will receive none.</param>
    public sealed record Found(Call Call, bool IsOutside) : CallFinding;

    /// <summary>The call may appear later. Twilio's webhook may not have arrived yet, or the customer has not answered yet.</summary>
    public sealed record NotYet : CallFinding;

    /// <summary>Neither AgentPay nor Twilio has a call with a customer and this leg.</summary>
    public sealed record NoSuchCall : CallFinding;

    /// <summary>Neither Sync nor Twilio can be reached.</summary>
    public sealed record Unavailable : CallFinding;
}
